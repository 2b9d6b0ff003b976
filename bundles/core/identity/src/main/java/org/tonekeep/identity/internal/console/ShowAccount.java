package org.tonekeep.identity.internal.console;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.internal.Administration;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:account-show -t demo <account-id>}. The person appears only when asked for. */
@Service
@Command(
    scope = "tonekeep",
    name = "account-show",
    description = "Shows an account: <account-id>, or --by-email")
public final class ShowAccount extends AccountAction {
  @Option(name = "--persons", description = "Also show names and the e-mail address")
  private boolean persons;

  @Option(name = "--no-format", description = "Plain columns for scripts")
  private boolean noFormat;

  @Override
  protected void execute(TenantId tenant, Account account, List<String> rest) {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("Say one account");
    }
    ShellTable table = new ShellTable();
    table.column("What");
    table.column("Value");
    row(table, "account", account.id().value());
    row(table, "state", account.state().name().toLowerCase(Locale.ROOT));
    row(table, "roles", Administration.words(account.roles()));
    row(table, "plan", account.plan());
    row(table, "factors", String.join(" ", account.factors().stream().sorted().toList()));
    row(table, "created", account.createdAt().toString());
    if (persons) {
      row(table, "e-mail", account.email());
      row(table, "name", account.displayName());
      row(table, "username", account.profile().username());
      row(table, "artist name", account.profile().artistName());
    }
    table.print(System.out, !noFormat);
  }

  private static void row(ShellTable table, String what, String value) {
    table.addRow().addContent(what, value.isEmpty() ? "-" : value);
  }
}
