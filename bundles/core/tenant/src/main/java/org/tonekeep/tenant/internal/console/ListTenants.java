package org.tonekeep.tenant.internal.console;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.tonekeep.tenant.internal.TenantOverview;

/** {@code tonekeep:tenant-list}. */
@Service
@Command(scope = "tonekeep", name = "tenant-list", description = "Lists the tenants")
public final class ListTenants implements Action {
  @Option(name = "--no-format", description = "Tab-separated, without header")
  private boolean noFormat;

  @Reference private TenantOverview overview;

  @Override
  public @Nullable Object execute() {
    ShellTable table = new ShellTable();
    table.column("Id");
    table.column("State");
    table.column("Title");
    table.column("Hosts");
    table.column("Features on");
    for (TenantOverview.Row row : overview.tenants()) {
      long on = row.features().stream().filter(f -> f.state().equals("on")).count();
      table
          .addRow()
          .addContent(row.id(), row.standing(), row.title(), String.join(", ", row.hosts()), on);
    }
    table.emptyTableText("There are no tenants").print(System.out, !noFormat);
    for (TenantOverview.Row row : overview.tenants()) {
      row.problems().forEach(problem -> System.out.println(row.id() + ": " + problem));
    }
    overview.strays().forEach(System.out::println);
    return null;
  }
}
