package org.tonekeep.auth.internal.console;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.auth.internal.AuthFeature;
import org.tonekeep.auth.internal.SessionRow;
import org.tonekeep.auth.internal.Sessions;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:session-list -t demo <account>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "session-list",
    description = "Lists the sessions of an account that are alive, newest first")
public final class ListSessions extends TenantAction {
  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Argument(name = "account", required = true, description = "The account's id")
  private String account = "";

  @Reference private Sessions sessions;

  @Override
  protected String feature() {
    return AuthFeature.ID;
  }

  @Override
  protected void execute(TenantId tenant) {
    ShellTable table = new ShellTable();
    table.column("Session");
    table.column("Begun");
    table.column("Last used");
    table.column("Ends at the latest");
    for (SessionRow row : sessions.list(tenant, new AccountId(account))) {
      table
          .addRow()
          .addContent(
              row.id(),
              row.createdAt().toString(),
              row.lastSeen().toString(),
              row.expiresAt().toString());
    }
    table.print(System.out, !noFormat);
  }
}
