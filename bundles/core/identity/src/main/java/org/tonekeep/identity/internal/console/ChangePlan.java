package org.tonekeep.identity.internal.console;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.internal.Administration;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:account-plan -t demo <account-id> studio}. */
@Service
@Command(
    scope = "tonekeep",
    name = "account-plan",
    description = "Sets the plan of an account: <account-id> <plan>, or --by-email <plan>")
public final class ChangePlan extends AccountAction {
  @Reference private Administration administration;

  @Override
  protected void execute(TenantId tenant, Account account, List<String> rest) {
    if (rest.size() != 1) {
      throw new IllegalArgumentException("Say one plan after the account");
    }
    administration.setPlan(tenant, account.id(), rest.get(0));
    System.out.println("Account " + account.id() + " now has the plan " + rest.get(0));
  }
}
