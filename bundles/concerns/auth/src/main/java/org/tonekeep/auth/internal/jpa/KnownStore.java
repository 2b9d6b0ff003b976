package org.tonekeep.auth.internal.jpa;

import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of pairs of account and network. */
@Component(service = KnownStore.class)
public final class KnownStore {
  private static final String OF_ACCOUNT = " k.tenant = :tenant AND k.account = :account";

  private final Database db;

  @Activate
  public KnownStore(@Reference(target = "(unit=auth)") Database db) {
    this.db = db;
  }

  /** A pair, whose it is and when it was first seen. */
  public record Known(String pair, AccountId account, Instant when) {}

  /** Inserts the pair, or renews its time. */
  public void put(TenantId tenant, String pair, AccountId account, Instant when) {
    Object unused =
        db.call(
            tenant,
            em -> {
              KnownEntity.Key key = new KnownEntity.Key(tenant.value(), pair);
              KnownEntity entity = em.find(KnownEntity.class, key);
              boolean isNew = entity == null;
              KnownEntity row = isNew ? new KnownEntity() : entity;
              row.tenant = tenant.value();
              row.pair = pair;
              row.account = account.value();
              row.seenAt = when;
              if (isNew) {
                em.persist(row);
              }
              return pair;
            });
  }

  /** The newest pairs that were written since then, oldest first. */
  public List<Known> since(TenantId tenant, Instant since, int limit) {
    return db
        .call(
            tenant,
            em ->
                em.createQuery(
                        "SELECT k FROM KnownEntity k WHERE k.tenant = :tenant"
                            + " AND k.seenAt >= :since ORDER BY k.seenAt DESC",
                        KnownEntity.class)
                    .setParameter("tenant", tenant.value())
                    .setParameter("since", since)
                    .setMaxResults(limit)
                    .getResultList())
        .stream()
        .map(row -> new Known(row.pair, new AccountId(row.account), row.seenAt))
        .sorted(java.util.Comparator.comparing(Known::when))
        .toList();
  }

  /** When each pair of the account was first seen. */
  public List<Instant> times(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "SELECT k.seenAt FROM KnownEntity k WHERE" + OF_ACCOUNT + " ORDER BY k.seenAt",
                    Instant.class)
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .getResultList());
  }

  /** Removes all pairs of the account. */
  public void remove(TenantId tenant, AccountId account) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery("DELETE FROM KnownEntity k WHERE" + OF_ACCOUNT)
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .executeUpdate());
  }

  /** Removes pairs that were seen up to then. */
  public void purge(TenantId tenant, Instant until) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM KnownEntity k WHERE k.tenant = :tenant AND k.seenAt <= :until")
                    .setParameter("tenant", tenant.value())
                    .setParameter("until", until)
                    .executeUpdate());
  }
}
