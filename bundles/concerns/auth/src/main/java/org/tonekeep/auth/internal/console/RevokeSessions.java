package org.tonekeep.auth.internal.console;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.auth.internal.AuthFeature;
import org.tonekeep.auth.internal.SessionControl;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:session-revoke -t demo <account> <session>}, or {@code --all <account>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "session-revoke",
    description = "Ends a session of an account, or all of them with --all")
public final class RevokeSessions extends TenantAction {
  @Option(name = "--all", description = "End all sessions of the account")
  private boolean all;

  @Argument(name = "account", required = true, description = "The account's id")
  private String account = "";

  @Argument(index = 1, name = "session", description = "The session's id; see session-list")
  private String session = "";

  @Reference private SessionControl control;

  @Override
  protected String feature() {
    return AuthFeature.ID;
  }

  @Override
  protected void execute(TenantId tenant) {
    if (all == !session.isEmpty()) {
      throw new IllegalArgumentException("Give either the id of a session or --all");
    }
    AccountId id = new AccountId(account);
    if (all) {
      control.revokeAll(tenant, id);
      System.out.println("All sessions have ended");
    } else if (control.revoke(tenant, id, session)) {
      System.out.println("The session has ended");
    } else {
      throw new IllegalArgumentException("The account has no session of that id");
    }
  }
}
