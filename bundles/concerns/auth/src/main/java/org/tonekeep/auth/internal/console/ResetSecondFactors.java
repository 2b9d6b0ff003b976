package org.tonekeep.auth.internal.console;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.auth.internal.AuthFeature;
import org.tonekeep.auth.internal.FactorReset;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:account-reset-2fa -t demo <account>}. */
@Service
@Command(
    scope = "tonekeep",
    name = "account-reset-2fa",
    description = "Removes the second factors of an account, signs it out and tells its owner")
public final class ResetSecondFactors extends TenantAction {
  @Argument(name = "account", required = true, description = "The account's id")
  private String account = "";

  @Reference private FactorReset reset;

  @Override
  protected String feature() {
    return AuthFeature.ID;
  }

  @Override
  protected void execute(TenantId tenant) {
    boolean had = reset.byOperator(tenant, new AccountId(account));
    System.out.println(
        had
            ? "The second factors are removed, the account is signed out, its owner gets a mail"
            : "The account had no second factor");
  }
}
