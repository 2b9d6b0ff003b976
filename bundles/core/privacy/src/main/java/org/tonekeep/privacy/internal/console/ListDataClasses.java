package org.tonekeep.privacy.internal.console;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.internal.DataRegister;

/** {@code tonekeep:data-class-list}. */
@Service
@Command(
    scope = "tonekeep",
    name = "data-class-list",
    description = "Lists the classes of personal data that bundles hold or ever held")
public final class ListDataClasses implements Action {
  @Option(name = "--no-format", description = "Tab-separated, without header")
  private boolean noFormat;

  @Reference private DataRegister register;

  @Override
  public @Nullable Object execute() {
    ShellTable table = new ShellTable();
    table.column("Id");
    table.column("Concern");
    table.column("Bundle");
    table.column("What");
    table.column("Purpose");
    table.column("Retention");
    for (DataRegister.Row row : register.rows()) {
      DataClass data = row.data();
      table
          .addRow()
          .addContent(
              data.id(),
              data.concern(),
              row.active() ? "active" : "absent",
              data.what(),
              data.purpose(),
              data.retention());
    }
    table.emptyTableText("No bundle holds personal data").print(System.out, !noFormat);
    return null;
  }
}
