package org.tonekeep.crypto.internal.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.console.api.TenantCompleter;
import org.tonekeep.crypto.internal.KeyDesk;
import org.tonekeep.crypto.internal.KeyDesk.Version;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:key-list -t demo}. Tenants that are gone have keys, too. */
@Service
@Command(
    scope = "tonekeep",
    name = "key-list",
    description = "Lists the versions of tenants' keys and how many owners' keys each wraps")
public final class ListKeys extends KeyAction {
  @Option(name = "--tenant", aliases = "-t", description = "Only this tenant's")
  @Completion(TenantCompleter.class)
  private String tenant = "";

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Reference private Clock clock;

  @Override
  protected void run(KeyDesk keys) throws IOException {
    ShellTable table = new ShellTable();
    for (String column :
        new String[] {"Tenant", "Version", "Made", "Days", "Owners' keys", "Ephemeral here"}) {
      table.column(column);
    }
    table.emptyTableText("No keys");
    List<TenantId> tenants = tenant.isEmpty() ? keys.tenants() : List.of(new TenantId(tenant));
    for (TenantId one : tenants) {
      List<Version> versions = keys.versions(one);
      for (Version version : versions) {
        boolean newest = version.version() == versions.get(versions.size() - 1).version();
        table
            .addRow()
            .addContent(
                one.value(),
                version.version(),
                version.made().map(Instant::toString).orElse("MISSING"),
                version.made().map(this::days).orElse(""),
                version.owners(),
                newest ? keys.ephemeral(one) : "");
      }
    }
    table.print(System.out, !noFormat);
  }

  private String days(Instant made) {
    return Long.toString(Duration.between(made, clock.instant()).toDays());
  }
}
