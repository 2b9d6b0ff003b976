package org.tonekeep.identity.internal.console;

import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.internal.Administration;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:account-list -t demo}. Persons appear by id unless the operator asks. */
@Service
@Command(
    scope = "tonekeep",
    name = "account-list",
    description = "Lists the accounts of a tenant, oldest first")
public final class ListAccounts extends TenantAction {
  @Option(name = "--after", description = "Begin after this account id")
  private String after = "";

  @Option(name = "--limit", description = "At most this many accounts (1 to 200)")
  private int limit = 50;

  @Option(name = "--persons", description = "Also show display names and e-mail addresses")
  private boolean persons;

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Reference private Accounts accounts;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    ShellTable table = new ShellTable();
    table.column("Account");
    table.column("Plan");
    table.column("Roles");
    table.column("State");
    table.column("Created");
    if (persons) {
      table.column("Name");
      table.column("E-mail");
    }
    table.emptyTableText("No accounts");
    for (Account account : accounts.list(tenant, after, limit)) {
      var row = table.addRow();
      row.addContent(
          account.id(),
          account.plan(),
          Administration.words(account.roles()),
          account.state().name().toLowerCase(Locale.ROOT),
          account.createdAt().toString());
      if (persons) {
        row.addContent(account.displayName(), account.email());
      }
    }
    table.print(System.out, !noFormat);
  }
}
