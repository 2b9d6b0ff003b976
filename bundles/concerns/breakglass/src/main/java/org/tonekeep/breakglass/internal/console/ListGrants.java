package org.tonekeep.breakglass.internal.console;

import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.breakglass.internal.Breakglass;
import org.tonekeep.breakglass.internal.BreakglassFeature;
import org.tonekeep.breakglass.internal.Grant;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:breakglass-list -t demo}. */
@Service
@Command(
    scope = "tonekeep",
    name = "breakglass-list",
    description = "Lists who of the staff was let in to whose music, newest first")
public final class ListGrants extends TenantAction {
  @Option(name = "--limit", description = "How many, 1 to 1000")
  private int limit = 50;

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Reference private Breakglass breakglass;

  @Override
  protected String feature() {
    return BreakglassFeature.ID;
  }

  @Override
  protected void execute(TenantId tenant) {
    ShellTable table = new ShellTable();
    table.column("Grant");
    table.column("State");
    table.column("Ticket");
    table.column("Staff");
    table.column("Owner");
    table.column("Track");
    table.column("Asked");
    table.column("Ends");
    for (Grant grant : breakglass.list(tenant, "", Math.max(1, Math.min(1000, limit)))) {
      table
          .addRow()
          .addContent(
              grant.id(),
              breakglass.state(grant).name().toLowerCase(Locale.ROOT),
              grant.ticket(),
              grant.staff().value(),
              grant.owner().value(),
              grant.track().map(TrackId::value).orElse("all"),
              grant.askedAt().toString(),
              grant.approval().map(approval -> approval.endsAt().toString()).orElse(""));
    }
    table.print(System.out, !noFormat);
  }
}
