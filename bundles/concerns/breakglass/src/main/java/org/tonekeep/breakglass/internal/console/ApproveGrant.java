package org.tonekeep.breakglass.internal.console;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.breakglass.internal.Breakglass;
import org.tonekeep.breakglass.internal.BreakglassFeature;
import org.tonekeep.breakglass.internal.Grant;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:breakglass-approve -t demo <grant>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "breakglass-approve",
    description = "Approves what one of the staff asked for; see breakglass-list")
public final class ApproveGrant extends TenantAction {
  @Argument(name = "grant", required = true, description = "The grant's id")
  private String grant = "";

  @Reference private Breakglass breakglass;

  @Override
  protected String feature() {
    return BreakglassFeature.ID;
  }

  @Override
  protected void execute(TenantId tenant) {
    Grant approved = breakglass.approve(tenant, grant, Optional.empty(), "");
    approved
        .approval()
        .ifPresent(
            approval ->
                System.out.println("Good until " + approval.endsAt() + "; the owner gets a mail"));
  }
}
