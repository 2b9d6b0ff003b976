package org.tonekeep.tenant.internal.console;

import java.util.List;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.tenant.internal.TenantOverview;

/** How features are shown beside a tenant. */
final class FeatureTable {
  private FeatureTable() {}

  static void print(List<TenantOverview.FeatureRow> features, boolean noFormat) {
    ShellTable table = new ShellTable();
    table.column("Feature");
    table.column("State");
    table.column("Title");
    features.forEach(f -> table.addRow().addContent(f.id(), f.state(), f.title()));
    table.emptyTableText("No feature was ever declared").print(System.out, !noFormat);
  }
}
