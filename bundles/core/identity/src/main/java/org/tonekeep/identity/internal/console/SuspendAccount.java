package org.tonekeep.identity.internal.console;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.internal.Administration;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:account-suspend -t demo [--resume] <account-id>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "account-suspend",
    description = "Closes an account without removing it: <account-id>, or --by-email")
public final class SuspendAccount extends AccountAction {
  @Option(name = "--resume", description = "Open a suspended account again")
  private boolean resume;

  @Reference private Administration administration;

  @Override
  protected void execute(TenantId tenant, Account account, List<String> rest) {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("Say one account");
    }
    boolean changed =
        resume
            ? administration.resume(tenant, account.id())
            : administration.suspend(tenant, account.id());
    String now = resume ? "active" : "suspended, its sessions and keys are dead";
    String before = resume ? "was not suspended" : "was suspended already";
    System.out.println("Account " + account.id() + " " + (changed ? "is " + now : before));
  }
}
