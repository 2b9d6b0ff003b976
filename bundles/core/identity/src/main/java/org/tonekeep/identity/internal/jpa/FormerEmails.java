package org.tonekeep.identity.internal.jpa;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.persistence.EntityManager;
import org.tonekeep.tenant.api.TenantId;

/**
 * The indexes of addresses that accounts gave up. Each is kept for as long as the change can be
 * undone: else a thief would move the account away and sign up with the address that he freed.
 */
final class FormerEmails {
  private static final Duration KEPT = Duration.ofDays(7);

  private final EntityManager em;
  private final Instant now;

  FormerEmails(EntityManager em, Instant now) {
    this.em = em;
    this.now = now;
  }

  /** The account that the address is kept for. */
  Optional<String> owner(TenantId tenant, String emailIndex) {
    return Optional.ofNullable(
            em.find(FormerEmailEntity.class, new FormerEmailEntity.Key(tenant.value(), emailIndex)))
        .filter(row -> now.isBefore(row.keptUntil))
        .map(row -> row.account);
  }

  /** Keeps an address, and forgets those that are over. */
  void keep(TenantId tenant, String account, String emailIndex) {
    int unused =
        em.createQuery(
                "DELETE FROM FormerEmailEntity f WHERE f.tenant = :tenant AND f.keptUntil <= :now")
            .setParameter("tenant", tenant.value())
            .setParameter("now", now)
            .executeUpdate();
    FormerEmailEntity unusedRow =
        em.merge(new FormerEmailEntity(tenant.value(), emailIndex, account, now.plus(KEPT)));
  }

  void free(TenantId tenant, String account) {
    int unused =
        em.createQuery(
                "DELETE FROM FormerEmailEntity f WHERE f.tenant = :tenant AND f.account = :account")
            .setParameter("tenant", tenant.value())
            .setParameter("account", account)
            .executeUpdate();
  }
}
