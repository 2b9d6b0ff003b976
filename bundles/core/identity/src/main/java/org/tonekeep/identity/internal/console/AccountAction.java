package org.tonekeep.identity.internal.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.tenant.api.TenantId;

/**
 * The base of commands for one account. It is named by its id, the first argument; with {@code
 * --by-email} there is no id and the address is asked for, hidden, so that it does not stay in the
 * history.
 */
abstract class AccountAction extends TenantAction {
  @Option(
      name = "--by-email",
      description = "Ask for the account's address instead of taking an id")
  private boolean byEmail;

  @Argument(
      name = "words",
      multiValued = true,
      description = "The account's id (left out with --by-email), then what to set, if anything")
  private List<String> words = List.of();

  @Reference private Accounts accounts;
  @Reference private Session session;

  /** Called with an existing account and the arguments after its id. */
  protected abstract void execute(TenantId tenant, Account account, List<String> rest);

  @Override
  protected final String feature() {
    return "";
  }

  @Override
  protected final void execute(TenantId tenant) {
    if (byEmail) {
      execute(tenant, asked(tenant), words);
    } else if (words.isEmpty()) {
      throw new IllegalArgumentException("Say the account's id, or --by-email");
    } else {
      execute(tenant, named(tenant, words.get(0)), words.subList(1, words.size()));
    }
  }

  private Account named(TenantId tenant, String id) {
    return accounts
        .find(tenant, new AccountId(id))
        .orElseThrow(() -> new IllegalArgumentException("There is no such account"));
  }

  private Account asked(TenantId tenant) {
    String email;
    try {
      // A masked line is not put into the history.
      email = session.readLine("E-mail address: ", '*');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return accounts
        .findByEmail(tenant, email)
        .orElseThrow(() -> new IllegalArgumentException("There is no account of this address"));
  }
}
