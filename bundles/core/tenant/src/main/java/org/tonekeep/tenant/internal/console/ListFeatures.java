package org.tonekeep.tenant.internal.console;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.tonekeep.console.api.TenantCompleter;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.internal.TenantOverview;

/** {@code tonekeep:feature-list}. */
@Service
@Command(
    scope = "tonekeep",
    name = "feature-list",
    description = "Lists the features ever declared here, or those of one tenant")
public final class ListFeatures implements Action {
  @Option(name = "--tenant", aliases = "-t", description = "Show what is on for this tenant")
  @Completion(TenantCompleter.class)
  private @Nullable String tenant;

  @Option(name = "--no-format", description = "Tab-separated, without header")
  private boolean noFormat;

  @Reference private TenantOverview overview;

  @Override
  public @Nullable Object execute() {
    if (tenant == null) {
      printAll();
      return null;
    }
    TenantId id = new TenantId(tenant);
    if (overview.tenant(id).isEmpty()) {
      throw new IllegalArgumentException("There is no tenant '" + id + "'");
    }
    FeatureTable.print(overview.features(id), noFormat);
    return null;
  }

  private void printAll() {
    ShellTable table = new ShellTable();
    table.column("Feature");
    table.column("Bundle");
    table.column("Needs");
    table.column("Paths");
    table.column("Title");
    overview
        .features()
        .forEach(
            state -> {
              Feature f = state.feature();
              table
                  .addRow()
                  .addContent(
                      f.id(),
                      state.active() ? "active" : "absent",
                      String.join(", ", f.needs().stream().sorted().toList()),
                      String.join(", ", f.basePaths()),
                      f.title());
            });
    table.emptyTableText("No feature was ever declared").print(System.out, !noFormat);
  }
}
