package org.tonekeep.vault.internal.jpa;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.persistence.Query;
import org.jspecify.annotations.Nullable;
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
  private static final String ONE =
      " WHERE b.tenant = :tenant AND b.owner = :owner AND b.kind = :kind AND b.id = :id";

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
    return change(tenant, key, "DELETE FROM BlobEntity b" + ONE, Map.of());
  }

  /**
   * Locks the blob's row until the transaction ends; false when there is none. What is read
   * afterwards is what stands there now.
   */
  public boolean lock(TenantId tenant, BlobKey key) {
    return change(tenant, key, "UPDATE BlobEntity b SET b.adapter = b.adapter" + ONE, Map.of());
  }

  /**
   * Says that the blob lies in another adapter now; false when it is not remembered as lying in the
   * first one any more.
   */
  public boolean move(TenantId tenant, BlobKey key, String from, String to) {
    return change(
        tenant,
        key,
        "UPDATE BlobEntity b SET b.adapter = :to" + ONE + " AND b.adapter = :from",
        Map.of("from", from, "to", to));
  }

  private boolean change(TenantId tenant, BlobKey key, String jpql, Map<String, String> more) {
    if (!key.tenant().equals(tenant)) {
      return false;
    }
    return db.call(
        tenant,
        em -> {
          Query update =
              em.createQuery(jpql)
                  .setParameter("tenant", tenant.value())
                  .setParameter("owner", key.owner())
                  .setParameter("kind", key.kind())
                  .setParameter("id", key.id());
          more.forEach(update::setParameter);
          int changed = update.executeUpdate();
          // A bulk statement goes past the entities that this transaction has read.
          em.clear();
          return changed > 0;
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

  /** Which of the keys are remembered as lying in the adapter, be it as a second copy. */
  public Set<BlobKey> remembered(TenantId tenant, String adapter, Collection<BlobKey> keys) {
    List<BlobKey> asked = List.copyOf(keys);
    Set<BlobKey> found = new HashSet<>();
    for (int from = 0; from < asked.size(); from += BATCH) {
      List<BlobKey> batch = asked.subList(from, Math.min(asked.size(), from + BATCH));
      List<String> owners = batch.stream().map(BlobKey::owner).distinct().toList();
      List<String> ids = batch.stream().map(BlobKey::id).distinct().toList();
      found.addAll(
          keys(tenant, adapter, owners, ids, "SELECT e.owner, e.kind, e.id FROM BlobEntity e"));
      found.addAll(
          keys(tenant, adapter, owners, ids, "SELECT e.owner, e.kind, e.id FROM CopyEntity e"));
    }
    found.retainAll(new HashSet<>(asked));
    return found;
  }

  private List<BlobKey> keys(
      TenantId tenant, String adapter, List<String> owners, List<String> ids, String select) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    select
                        + " WHERE e.tenant = :tenant AND e.adapter = :adapter"
                        + " AND e.owner IN :owners AND e.id IN :ids",
                    Object[].class)
                .setParameter("tenant", tenant.value())
                .setParameter("adapter", adapter)
                .setParameter("owners", owners)
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .map(r -> new BlobKey(tenant, (String) r[0], (String) r[1], (String) r[2]))
                .toList());
  }

  /** How many blobs of the tenant lie in each adapter, and their bytes. */
  public List<Lying> lying(TenantId tenant) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT b.adapter, COUNT(b), SUM(b.length) FROM BlobEntity b"
                        + " WHERE b.tenant = :tenant GROUP BY b.adapter ORDER BY b.adapter",
                    Object[].class)
                .setParameter("tenant", tenant.value())
                .getResultList()
                .stream()
                .map(
                    row ->
                        new Lying(
                            (String) row[0],
                            ((Number) row[1]).longValue(),
                            ((Number) row[2]).longValue()))
                .toList());
  }

  /** How much of a tenant lies in an adapter. */
  public record Lying(String adapter, long blobs, long bytes) {}

  /** How many blobs of the tenant lie elsewhere than in an adapter, by where; quick when few do. */
  public Map<String, Long> elsewhere(TenantId tenant, String adapter) {
    Map<String, Long> counts = new TreeMap<>();
    db.call(
            tenant,
            em ->
                em.createQuery(
                        "SELECT b.adapter, COUNT(b) FROM BlobEntity b WHERE b.tenant = :tenant"
                            + " AND (b.adapter < :adapter OR b.adapter > :adapter)"
                            + " GROUP BY b.adapter",
                        Object[].class)
                    .setParameter("tenant", tenant.value())
                    .setParameter("adapter", adapter)
                    .getResultList())
        .forEach(row -> counts.put((String) row[0], ((Number) row[1]).longValue()));
    return counts;
  }

  /**
   * The tenant's blobs in an adapter, in the order of owner, kind and id.
   *
   * @param after the last one of the page before; null for the first page
   */
  public List<RecordedBlob> page(
      TenantId tenant, String adapter, @Nullable BlobKey after, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT b FROM BlobEntity b WHERE b.tenant = :tenant AND b.adapter = :adapter"
                        + " AND (b.owner > :owner OR (b.owner = :owner AND (b.kind > :kind"
                        + " OR (b.kind = :kind AND b.id > :id))))"
                        + " ORDER BY b.owner, b.kind, b.id",
                    BlobEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("adapter", adapter)
                .setParameter("owner", after == null ? "" : after.owner())
                .setParameter("kind", after == null ? "" : after.kind())
                .setParameter("id", after == null ? "" : after.id())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(BlobRowStore::recorded)
                .toList());
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
