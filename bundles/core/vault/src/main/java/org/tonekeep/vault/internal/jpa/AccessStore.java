package org.tonekeep.vault.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import javax.persistence.PersistenceException;
import javax.persistence.Query;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.Access;
import org.tonekeep.vault.internal.AccessTakenException;

/** The rows of accesses that are not over yet. Every method joins the running transaction. */
@Component(service = AccessStore.class)
public final class AccessStore {
  private final Database db;

  @Activate
  public AccessStore(@Reference(target = "(unit=vault)") Database db) {
    this.db = db;
  }

  public boolean exists(TenantId tenant, String id) {
    return db.call(
        tenant,
        em -> em.find(AccessEntity.class, new AccessEntity.Key(tenant.value(), id)) != null);
  }

  /**
   * Begins an access.
   *
   * @param openUntil it is not over before, whatever its address says
   * @throws AccessTakenException when another transaction began it; the running one can then only
   *     roll back
   */
  public void insert(TenantId tenant, Access access, Instant openUntil) {
    AccessEntity row = new AccessEntity();
    row.tenant = tenant.value();
    row.id = access.id();
    row.owner = access.key().owner();
    row.kind = access.key().kind();
    row.blob = access.key().id();
    row.subject = access.subject();
    row.reader = access.reader().map(AccountId::value).orElse("");
    row.right = access.right();
    row.rightId = access.rightId();
    row.peer = access.peer();
    row.expiresAt = access.expiresAt();
    row.openUntil = openUntil;
    row.requests = access.requests();
    row.bytes = access.bytes();
    boolean unused =
        db.call(
            tenant,
            em -> {
              em.persist(row);
              flush(em);
              return true;
            });
  }

  private static void flush(EntityManager em) {
    try {
      em.flush();
    } catch (PersistenceException e) {
      throw new AccessTakenException(e);
    }
  }

  /**
   * Adds to the totals.
   *
   * @param openUntil it is not over before; empty leaves what was said
   * @return false when the access is over
   */
  public boolean add(
      TenantId tenant, String id, long requests, long bytes, Optional<Instant> openUntil) {
    return db.call(
        tenant,
        em -> {
          Query update =
              em.createQuery(
                      "UPDATE AccessEntity a SET a.requests = a.requests + :requests,"
                          + " a.bytes = a.bytes + :bytes"
                          + (openUntil.isPresent() ? ", a.openUntil = :until" : "")
                          + " WHERE a.tenant = :tenant AND a.id = :id")
                  .setParameter("requests", requests)
                  .setParameter("bytes", bytes)
                  .setParameter("tenant", tenant.value())
                  .setParameter("id", id);
          openUntil.ifPresent(until -> update.setParameter("until", until));
          int rows = update.executeUpdate();
          em.clear();
          return rows > 0;
        });
  }

  /** Accesses whose address expired and that nobody uses any more, at most {@code limit}. */
  public List<Access> over(TenantId tenant, Instant before, Instant now, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT a FROM AccessEntity a WHERE a.tenant = :tenant"
                        + " AND a.expiresAt <= :before AND a.openUntil <= :now"
                        + " ORDER BY a.expiresAt, a.id",
                    AccessEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("before", before)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(AccessStore::access)
                .toList());
  }

  /** Ends an access that nobody uses at the time; of many callers one gets it, with its totals. */
  public Optional<Access> take(TenantId tenant, String id, Instant now) {
    return db.call(
        tenant,
        em -> {
          AccessEntity row =
              em.find(
                  AccessEntity.class,
                  new AccessEntity.Key(tenant.value(), id),
                  LockModeType.PESSIMISTIC_WRITE);
          if (row == null || row.openUntil.isAfter(now)) {
            return Optional.empty();
          }
          em.remove(row);
          return Optional.of(access(row));
        });
  }

  /** Accesses by the account, or to what is its. */
  public List<Access> of(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT a FROM AccessEntity a WHERE a.tenant = :tenant"
                        + " AND (a.owner = :account OR a.reader = :account) ORDER BY a.id",
                    AccessEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .map(AccessStore::access)
                .toList());
  }

  private static Access access(AccessEntity row) {
    return new Access(
        row.id,
        new BlobKey(new TenantId(row.tenant), row.owner, row.kind, row.blob),
        row.subject,
        row.reader.isEmpty() ? Optional.empty() : Optional.of(new AccountId(row.reader)),
        row.right,
        row.rightId,
        row.peer,
        row.expiresAt,
        row.requests,
        row.bytes);
  }
}
