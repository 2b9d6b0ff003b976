package org.tonekeep.tenant.internal.console;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.tonekeep.console.api.TenantCompleter;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.internal.TenantOverview;

/** {@code tonekeep:tenant-show}. */
@Service
@Command(
    scope = "tonekeep",
    name = "tenant-show",
    description = "Shows a tenant: its state, features, settings, and what is wrong with its file")
public final class ShowTenant implements Action {
  @Argument(index = 0, name = "id", required = true, description = "Id of the tenant")
  @Completion(TenantCompleter.class)
  private String id = "";

  @Option(name = "--no-format", description = "Tables tab-separated, without header")
  private boolean noFormat;

  @Reference private TenantOverview overview;

  @Override
  public @Nullable Object execute() {
    TenantOverview.Row row =
        overview
            .tenant(new TenantId(id))
            .orElseThrow(() -> new IllegalArgumentException("There is no tenant '" + id + "'"));
    System.out.println("Tenant    " + row.id());
    System.out.println("State     " + row.standing());
    System.out.println("Title     " + row.title());
    System.out.println("Hosts     " + String.join(", ", row.hosts()));
    System.out.println("Locale    " + row.locale());
    lines("Problems", row.problems());
    System.out.println();
    FeatureTable.print(row.features(), noFormat);
    System.out.println();
    ShellTable settings = new ShellTable();
    settings.column("Setting");
    settings.column("Value");
    settings.column("From");
    settings.column("Meaning");
    row.settings()
        .forEach(
            s -> settings.addRow().addContent(s.name(), s.value(), s.source(), s.description()));
    settings.emptyTableText("No active bundle declares settings").print(System.out, !noFormat);
    lines("Inactive keys (no active bundle declares them)", row.inactiveKeys());
    return null;
  }

  private static void lines(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      System.out.println();
      System.out.println(title);
      lines.forEach(line -> System.out.println("  " + line));
    }
  }
}
