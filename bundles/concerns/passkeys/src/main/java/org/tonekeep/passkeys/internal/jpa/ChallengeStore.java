package org.tonekeep.passkeys.internal.jpa;

import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of challenges. */
@Component(service = ChallengeStore.class)
public final class ChallengeStore {
  private final Database db;

  @Activate
  public ChallengeStore(@Reference(target = "(unit=passkeys)") Database db) {
    this.db = db;
  }

  /**
   * Keeps a challenge.
   *
   * @param account id of whom it is for; empty for whoever answers
   */
  public void insert(
      TenantId tenant, String hash, String purpose, String account, Instant expiresAt) {
    Object unused =
        db.call(
            tenant,
            em -> {
              ChallengeEntity row = new ChallengeEntity();
              row.tenant = tenant.value();
              row.hash = hash;
              row.purpose = purpose;
              row.account = account;
              row.expiresAt = expiresAt;
              em.persist(row);
              return hash;
            });
  }

  /** Uses a challenge up; false when there is none for that, also when it was used before. */
  public boolean take(TenantId tenant, String hash, String purpose, String account, Instant now) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                        "DELETE FROM ChallengeEntity c WHERE c.tenant = :tenant AND c.hash = :hash"
                            + " AND c.purpose = :purpose AND c.account = :account"
                            + " AND c.expiresAt > :now")
                    .setParameter("tenant", tenant.value())
                    .setParameter("hash", hash)
                    .setParameter("purpose", purpose)
                    .setParameter("account", account)
                    .setParameter("now", now)
                    .executeUpdate()
                == 1);
  }

  /** Removes the tenant's challenges whose time is over. */
  public void purge(TenantId tenant, Instant now) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM ChallengeEntity c"
                            + " WHERE c.tenant = :tenant AND c.expiresAt <= :now")
                    .setParameter("tenant", tenant.value())
                    .setParameter("now", now)
                    .executeUpdate());
  }

  /** Removes the challenges of an account. */
  public void removeAll(TenantId tenant, AccountId account) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM ChallengeEntity c"
                            + " WHERE c.tenant = :tenant AND c.account = :account")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .executeUpdate());
  }
}
