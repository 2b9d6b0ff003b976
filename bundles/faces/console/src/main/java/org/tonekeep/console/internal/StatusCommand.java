package org.tonekeep.console.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.Readiness;

/** Prints the lines of {@code /readyz}. */
@Service
@Command(scope = "tonekeep", name = "status", description = "Show whether every part is ready")
public final class StatusCommand implements Action {
  @Option(name = "--no-format", description = "Print without table borders")
  private boolean noFormat;

  @Reference private Status status;

  @Override
  public @Nullable Object execute() {
    ShellTable table = new ShellTable();
    table.column("Part");
    table.column("Ready");
    table.column("Detail");
    for (Readiness.Health line : status.lines()) {
      table.addRow().addContent(line.part(), line.ready() ? "yes" : "NO", line.detail());
    }
    table.print(System.out, !noFormat);
    status.missing().forEach(reason -> System.out.println("Missing: " + reason));
    return null;
  }
}
