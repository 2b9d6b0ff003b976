package org.tonekeep.vault.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.Query;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/**
 * The rows of second copies: of a blob that is being copied to another adapter, or whose old bytes
 * wait for their deletion. A row is also the lock between whoever deletes bytes there and whoever
 * says that the blob lies there. Every method joins the running transaction.
 */
@Component(service = CopyStore.class)
public final class CopyStore {
  private static final String ONE =
      " WHERE c.tenant = :tenant AND c.owner = :owner AND c.kind = :kind AND c.id = :id"
          + " AND c.adapter = :adapter";

  private final Database db;

  @Activate
  public CopyStore(@Reference(target = "(unit=vault)") Database db) {
    this.db = db;
  }

  /** How many copies of a tenant lie in an adapter, and when the first may be deleted. */
  public record Lying(String adapter, long count, Instant firstDue) {}

  /**
   * Locks the place of the blob in the adapter until the transaction ends, and waits for whoever
   * has locked it. Leaves a row, which the caller clears or keeps; false when there was none.
   */
  public boolean lock(TenantId tenant, BlobKey key, String adapter) {
    return db.call(
        tenant,
        em -> {
          Query touch = em.createQuery("UPDATE CopyEntity c SET c.dueAt = c.dueAt" + ONE);
          boolean there = one(touch, tenant, key, adapter).executeUpdate() > 0;
          if (!there) {
            insert(em, new CopyEntity(key, adapter, Long.MAX_VALUE));
          }
          return there;
        });
  }

  /** Says that there may be a copy, which may be deleted from a time on, and not before. */
  public void keep(TenantId tenant, BlobKey key, String adapter, Instant until) {
    boolean unused =
        db.call(
            tenant,
            em -> {
              Query put = em.createQuery("UPDATE CopyEntity c SET c.dueAt = :due" + ONE);
              put.setParameter("due", until.toEpochMilli());
              if (one(put, tenant, key, adapter).executeUpdate() == 0) {
                insert(em, new CopyEntity(key, adapter, until.toEpochMilli()));
              }
              return true;
            });
  }

  private static void insert(EntityManager em, CopyEntity row) {
    em.persist(row);
    em.flush(); // now: it is the lock
    em.clear(); // bulk statements follow, which go past entities
  }

  /** Says that there is no copy in the adapter beside the one that the blob's row names. */
  public void clear(TenantId tenant, BlobKey key, String adapter) {
    boolean unused =
        db.call(
            tenant,
            em ->
                one(em.createQuery("DELETE FROM CopyEntity c" + ONE), tenant, key, adapter)
                        .executeUpdate()
                    > 0);
  }

  private static Query one(Query query, TenantId tenant, BlobKey key, String adapter) {
    if (!key.tenant().equals(tenant)) {
      throw new IllegalArgumentException("The blob is another tenant's");
    }
    return query
        .setParameter("tenant", tenant.value())
        .setParameter("owner", key.owner())
        .setParameter("kind", key.kind())
        .setParameter("id", key.id())
        .setParameter("adapter", adapter);
  }

  /** In which adapters second copies of the blob may lie. */
  public List<String> adapters(TenantId tenant, BlobKey key) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "SELECT c.adapter FROM CopyEntity c WHERE c.tenant = :tenant"
                        + " AND c.owner = :owner AND c.kind = :kind AND c.id = :id"
                        + " ORDER BY c.adapter",
                    String.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", key.owner())
                .setParameter("kind", key.kind())
                .setParameter("id", key.id())
                .getResultList());
  }

  /** Copies in the adapter that may be deleted at a time, those due first in front. */
  public List<BlobKey> due(TenantId tenant, String adapter, Instant now, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT c FROM CopyEntity c WHERE c.tenant = :tenant AND c.adapter = :adapter"
                        + " AND c.dueAt <= :now ORDER BY c.dueAt, c.owner, c.kind, c.id",
                    CopyEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("adapter", adapter)
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(CopyEntity::key)
                .toList());
  }

  /** Where second copies of the tenant's blobs lie. */
  public List<Lying> lying(TenantId tenant) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT c.adapter, COUNT(c), MIN(c.dueAt) FROM CopyEntity c"
                        + " WHERE c.tenant = :tenant GROUP BY c.adapter ORDER BY c.adapter",
                    Object[].class)
                .setParameter("tenant", tenant.value())
                .getResultList()
                .stream()
                .map(
                    row ->
                        new Lying(
                            (String) row[0],
                            ((Number) row[1]).longValue(),
                            Instant.ofEpochMilli(((Number) row[2]).longValue())))
                .toList());
  }

  /** When the next copy may be deleted; empty when there is none. */
  public Optional<Instant> nextDue(TenantId tenant) {
    return lying(tenant).stream().map(Lying::firstDue).min(Instant::compareTo);
  }
}
