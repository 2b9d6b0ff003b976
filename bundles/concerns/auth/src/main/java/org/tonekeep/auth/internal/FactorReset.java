package org.tonekeep.auth.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.TenantId;

/** Helps an owner who lost every second factor: the operator's work, never silent. */
@Component(service = FactorReset.class)
public final class FactorReset {
  private final Accounts accounts;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final Notices notices;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public FactorReset(
      @Reference Accounts accounts,
      @Reference SecondFactors factors,
      @Reference Sessions sessions,
      @Reference Notices notices,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.accounts = accounts;
    this.factors = factors;
    this.sessions = sessions;
    this.notices = notices;
    this.audit = audit;
    this.tx = tx;
  }

  /**
   * Removes the account's second factors, begins a new epoch and tells the owner.
   *
   * @return whether there was one
   * @throws IllegalArgumentException when there is no such account
   * @throws PromiseUnkeptException when the bundle of a factor is away
   */
  public boolean byOperator(TenantId tenant, AccountId id) {
    return tx.call(
        tenant,
        () -> {
          Account account =
              accounts
                  .find(tenant, id)
                  .orElseThrow(() -> new IllegalArgumentException("There is no such account"));
          boolean had = factors.reset(account);
          if (had) {
            boolean unused = accounts.beginEpoch(tenant, id);
            sessions.endOthers(tenant, id, "");
            audit.append(
                tenant,
                AuditEntry.of(Actor.operator(), "account.reset-factors")
                    .on(id.value())
                    .ownedBy(id));
            notices.send(tenant, AuthMails.factorsReset(account));
          }
          return had;
        });
  }
}
