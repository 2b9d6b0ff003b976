package org.tonekeep.identity.internal.jpa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.tenant.api.TenantId;

/**
 * The keys of usernames, each of one account at most. A name that was given up is kept for its
 * owner, so that nobody can speak in the name of somebody whom others still know by it.
 */
final class NameRows {
  /** How long a name that was given up is kept. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final EntityManager em;
  private final Instant now;

  NameRows(EntityManager em, Instant now) {
    this.em = em;
    this.now = now;
  }

  /** The account that uses a name of one of the keys. */
  Optional<String> owner(TenantId tenant, Set<String> keys) {
    return keys.stream()
        .map(key -> em.find(NameEntity.class, new NameEntity.Key(tenant.value(), key)))
        .filter(row -> row != null && row.keptUntil == null)
        .map(row -> row.account)
        .findFirst();
  }

  /** Whether nobody has one of the keys, or had it until lately. */
  boolean isFree(TenantId tenant, Set<String> keys) {
    return keys.stream()
        .map(key -> em.find(NameEntity.class, new NameEntity.Key(tenant.value(), key)))
        .allMatch(row -> row == null || over(row));
  }

  /**
   * Gives the account the keys, and keeps for it those that it had.
   *
   * @throws UsernameTakenException when another account has or had one of them
   */
  void take(TenantId tenant, String account, Set<String> keys) {
    for (NameEntity row : of(tenant, account)) {
      if (!keys.contains(row.nameKey) && row.keptUntil == null) {
        row.keptUntil = now.plus(KEPT);
      }
    }
    // One after another in one order: two who want the same keys wait for each other, never in a
    // ring.
    for (String key : new TreeSet<>(keys)) {
      NameEntity row =
          em.find(
              NameEntity.class,
              new NameEntity.Key(tenant.value(), key),
              LockModeType.PESSIMISTIC_WRITE);
      if (row == null) {
        em.persist(new NameEntity(tenant.value(), key, account));
        AccountStore.flush(em);
      } else if (row.account.equals(account) || over(row)) {
        row.account = account;
        row.keptUntil = null;
      } else {
        throw new UsernameTakenException();
      }
    }
  }

  void free(TenantId tenant, String account) {
    of(tenant, account).forEach(em::remove);
  }

  private boolean over(NameEntity row) {
    return row.keptUntil != null && !row.keptUntil.isAfter(now);
  }

  private List<NameEntity> of(TenantId tenant, String account) {
    return em.createQuery(
            "SELECT n FROM NameEntity n WHERE n.tenant = :tenant AND n.account = :account",
            NameEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("account", account)
        .getResultList();
  }
}
