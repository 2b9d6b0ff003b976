package org.tonekeep.passkeys.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.SecondFactor;
import org.tonekeep.passkeys.internal.jpa.ChallengeStore;
import org.tonekeep.passkeys.internal.jpa.PasskeyStore;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/**
 * Lets the operator's reset of second factors take the passkeys too: whoever got hold of one would
 * else stay in. No account names this kind, so that no login asks for it: a passkey signs in alone
 * and is no code beside a password.
 */
@Component(service = SecondFactor.class)
public final class PasskeyFactor implements SecondFactor {
  /** The kind. */
  static final String KIND = "passkey";

  private final PasskeyStore store;
  private final ChallengeStore challenges;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public PasskeyFactor(
      @Reference PasskeyStore store,
      @Reference ChallengeStore challenges,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.store = store;
    this.challenges = challenges;
    this.audit = audit;
    this.tx = tx;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Never: there is no code that could be typed. */
  @Override
  public boolean verify(TenantId tenant, AccountId account, String code) {
    return false;
  }

  @Override
  public boolean reset(TenantId tenant, AccountId account) {
    return tx.call(
        tenant,
        () -> {
          boolean any = store.removeAll(tenant, account) > 0;
          challenges.removeAll(tenant, account); // nor is one finished that was begun
          if (any) {
            audit.append(
                tenant,
                AuditEntry.of(Actor.operator(), "passkey.reset")
                    .on(account.value())
                    .ownedBy(account));
          }
          return any;
        });
  }
}
