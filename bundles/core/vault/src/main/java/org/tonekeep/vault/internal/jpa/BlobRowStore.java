package org.tonekeep.vault.internal.jpa;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.RecordedBlob;

/** The rows of remembered blobs. Every method joins the running transaction. */
@Component(service = BlobRowStore.class)
public final class BlobRowStore {
  private static final int BATCH = 250;

  private final Database db;

  @Activate
  public BlobRowStore(@Reference(target = "(unit=vault)") Database db) {
    this.db = db;
  }

  /** Remembers a blob that is not remembered yet. */
  public void insert(TenantId tenant, RecordedBlob recorded) {
    BlobEntity row = entity(recorded);
    requireSame(tenant, recorded.blob().key());
    boolean unused =
        db.call(
            tenant,
            em -> {
              em.persist(row);
              return true;
            });
  }

  /** The row of the tenant's blob. */
  public Optional<RecordedBlob> find(TenantId tenant, BlobKey key) {
    if (!key.tenant().equals(tenant)) {
      return Optional.empty();
    }
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(em.find(BlobEntity.class, new BlobEntity.Key(key)))
                .map(BlobRowStore::recorded));
  }

  /** Forgets the blob; false when it was not remembered. Of many callers one gets true. */
  public boolean delete(TenantId tenant, BlobKey key) {
    if (!key.tenant().equals(tenant)) {
      return false;
    }
    return db.call(
        tenant,
        em -> {
          int rows =
              em.createQuery(
                      "DELETE FROM BlobEntity b WHERE b.tenant = :tenant AND b.owner = :owner"
                          + " AND b.kind = :kind AND b.id = :id")
                  .setParameter("tenant", tenant.value())
                  .setParameter("owner", key.owner())
                  .setParameter("kind", key.kind())
                  .setParameter("id", key.id())
                  .executeUpdate();
          // A bulk delete goes past the entities that this transaction has read.
          em.clear();
          return rows > 0;
        });
  }

  /** All blobs of an owner, in the order of their ids. */
  public List<RecordedBlob> ofOwner(TenantId tenant, String owner) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT b FROM BlobEntity b WHERE b.tenant = :tenant AND b.owner = :owner"
                        + " ORDER BY b.id, b.kind",
                    BlobEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner)
                .getResultList()
                .stream()
                .map(BlobRowStore::recorded)
                .toList());
  }

  /** Which of the keys are remembered as lying in the adapter. */
  public Set<BlobKey> remembered(TenantId tenant, String adapter, Collection<BlobKey> keys) {
    List<BlobKey> asked = List.copyOf(keys);
    Set<BlobKey> found = new HashSet<>();
    for (int from = 0; from < asked.size(); from += BATCH) {
      List<BlobKey> batch = asked.subList(from, Math.min(asked.size(), from + BATCH));
      List<String> owners = batch.stream().map(BlobKey::owner).distinct().toList();
      List<String> ids = batch.stream().map(BlobKey::id).distinct().toList();
      found.addAll(
          db.call(
              tenant,
              em ->
                  em
                      .createQuery(
                          "SELECT b FROM BlobEntity b WHERE b.tenant = :tenant"
                              + " AND b.adapter = :adapter AND b.owner IN :owners AND b.id IN :ids",
                          BlobEntity.class)
                      .setParameter("tenant", tenant.value())
                      .setParameter("adapter", adapter)
                      .setParameter("owners", owners)
                      .setParameter("ids", ids)
                      .getResultList()
                      .stream()
                      .map(row -> recorded(row).blob().key())
                      .toList()));
    }
    found.retainAll(new HashSet<>(asked));
    return found;
  }

  /** Whether any blob of the tenant is remembered as lying in the adapter. */
  public boolean knowsAny(TenantId tenant, String adapter) {
    return db.call(
        tenant,
        em ->
            !em.createQuery(
                    "SELECT b.id FROM BlobEntity b WHERE b.tenant = :tenant"
                        + " AND b.adapter = :adapter",
                    String.class)
                .setParameter("tenant", tenant.value())
                .setParameter("adapter", adapter)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  /** Whether the owner has a remembered blob. */
  public boolean knowsOwner(TenantId tenant, String owner) {
    return db.call(
        tenant,
        em ->
            !em.createQuery(
                    "SELECT b.id FROM BlobEntity b WHERE b.tenant = :tenant AND b.owner = :owner",
                    String.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner)
                .setMaxResults(1)
                .getResultList()
                .isEmpty());
  }

  private static void requireSame(TenantId tenant, BlobKey key) {
    if (!key.tenant().equals(tenant)) {
      throw new IllegalArgumentException("The blob is another tenant's");
    }
  }

  private static RecordedBlob recorded(BlobEntity row) {
    BlobKey key = new BlobKey(new TenantId(row.tenant), row.owner, row.kind, row.id);
    return new RecordedBlob(
        new Blob(key, row.length, row.sha256, row.mediaType, row.adapter), row.recordedAt);
  }

  private static BlobEntity entity(RecordedBlob recorded) {
    Blob blob = recorded.blob();
    BlobEntity row = new BlobEntity();
    row.tenant = blob.key().tenant().value();
    row.owner = blob.key().owner();
    row.kind = blob.key().kind();
    row.id = blob.key().id();
    row.adapter = blob.adapter();
    row.length = blob.length();
    row.sha256 = blob.sha256();
    row.mediaType = blob.mediaType();
    row.recordedAt = recorded.recordedAt();
    return row;
  }
}
