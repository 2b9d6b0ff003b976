package org.tonekeep.breakglass.internal.console;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.breakglass.internal.Breakglass;
import org.tonekeep.breakglass.internal.BreakglassFeature;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:breakglass-revoke -t demo <grant>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "breakglass-revoke",
    description = "Ends a grant at once; addresses that were signed under it die")
public final class RevokeGrant extends TenantAction {
  @Argument(name = "grant", required = true, description = "The grant's id")
  private String grant = "";

  @Reference private Breakglass breakglass;

  @Override
  protected String feature() {
    return BreakglassFeature.ID;
  }

  @Override
  protected void execute(TenantId tenant) {
    boolean ended = breakglass.revoke(tenant, grant, Optional.empty(), "");
    System.out.println(ended ? "It is ended" : "It was over already");
  }
}
