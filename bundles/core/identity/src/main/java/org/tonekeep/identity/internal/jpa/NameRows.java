package org.tonekeep.identity.internal.jpa;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.tenant.api.TenantId;

/**
 * The keys of usernames, each of one account at most. A name that was given up is kept for its
 * owner, so that nobody can speak in the name of somebody whom others still know by it.
 */
final class NameRows {
  /** How long a name that was given up is kept. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** How many given-up names an account keeps, the newest; else one account could keep all. */
  private static final int KEPT_MOST = 5;

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

  /**
   * Who changes names often reserves many and is known by none. A change back is none of those.
   *
   * @param keys of the new name; none when it is given up
   * @throws InvalidProfileException when the account gave up a name less than {@code pause} ago
   */
  void requirePause(TenantId tenant, String account, Set<String> keys, Duration pause) {
    List<NameEntity> own = of(tenant, account);
    if (keys.isEmpty() || own.stream().map(row -> row.nameKey).toList().containsAll(keys)) {
      return;
    }
    for (NameEntity row : own) {
      Instant until = row.keptUntil;
      if (until != null && now.isBefore(until.minus(KEPT).plus(pause))) {
        throw tooSoon(until.minus(KEPT).plus(pause));
      }
    }
  }

  private static InvalidProfileException tooSoon(Instant until) {
    return new InvalidProfileException(
        List.of(
            new InvalidProfileException.Wrong(
                "/username",
                "Your username was changed lately; it can be changed again from "
                    + until.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES))));
  }

  /** Frees the oldest of too many names that the account gave up. */
  void freeOldest(TenantId tenant, String account) {
    NavigableMap<Instant, List<NameEntity>> kept = new TreeMap<>();
    for (NameEntity row : of(tenant, account)) {
      Instant until = row.keptUntil;
      if (until != null) {
        boolean unused = kept.computeIfAbsent(until, at -> new ArrayList<>()).add(row);
      }
    }
    kept.descendingMap().values().stream()
        .skip(KEPT_MOST)
        .forEach(rows -> rows.forEach(em::remove));
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
