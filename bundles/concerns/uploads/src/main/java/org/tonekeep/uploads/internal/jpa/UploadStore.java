package org.tonekeep.uploads.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import javax.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.uploads.internal.Part;
import org.tonekeep.uploads.internal.Upload;

/** The rows of uploads and of their parts. Every method joins the running transaction. */
@Component(service = UploadStore.class)
public final class UploadStore {
  private static final String SELECT = "SELECT u FROM UploadEntity u WHERE u.tenant = :tenant";

  private final Database db;

  @Activate
  public UploadStore(@Reference(target = "(unit=uploads)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, Upload upload) {
    UploadEntity row = new UploadEntity();
    row.tenant = tenant.value();
    row.id = upload.id();
    row.owner = upload.owner().value();
    row.total = upload.total();
    row.received = upload.received();
    row.parts = upload.parts();
    row.metadata = upload.metadata();
    row.track = upload.track();
    row.createdAt = upload.createdAt();
    row.expiresAt = upload.expiresAt();
    boolean unused =
        db.call(
            tenant,
            em -> {
              em.persist(row);
              return true;
            });
  }

  public Optional<Upload> find(TenantId tenant, String id) {
    return db.call(
        tenant, em -> Optional.ofNullable(row(em, tenant, id, null)).map(UploadStore::upload));
  }

  /** As {@link #find}; nobody else changes the upload until the transaction ends. */
  public Optional<Upload> lock(TenantId tenant, String id) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(row(em, tenant, id, LockModeType.PESSIMISTIC_WRITE))
                .map(UploadStore::upload));
  }

  /** Adds a piece to a locked upload. */
  public Upload add(TenantId tenant, Upload upload, Part part) {
    return db.call(
        tenant,
        em -> {
          PartEntity added = new PartEntity();
          added.tenant = tenant.value();
          added.upload = upload.id();
          added.first = part.first();
          added.length = part.length();
          added.blobId = part.blob().id();
          em.persist(added);
          UploadEntity row = locked(em, tenant, upload.id());
          row.received = part.first() + part.length();
          row.parts++;
          return upload(row);
        });
  }

  /** Says how long a locked upload will be. */
  public Upload announce(TenantId tenant, Upload upload, long total) {
    return db.call(
        tenant,
        em -> {
          UploadEntity row = locked(em, tenant, upload.id());
          row.total = total;
          return upload(row);
        });
  }

  /** A locked upload has become a track; its pieces are forgotten. */
  public Upload finish(TenantId tenant, Upload upload, String track) {
    return db.call(
        tenant,
        em -> {
          UploadEntity row = locked(em, tenant, upload.id());
          row.track = track;
          row.parts = 0;
          em.flush();
          deleteParts(em, tenant, upload.id());
          return upload(row);
        });
  }

  /** Forgets a locked upload and its pieces. */
  public void delete(TenantId tenant, Upload upload) {
    boolean unused =
        db.call(
            tenant,
            em -> {
              em.remove(locked(em, tenant, upload.id()));
              em.flush();
              deleteParts(em, tenant, upload.id());
              return true;
            });
  }

  /** The pieces of an upload, in order. */
  public List<Part> parts(TenantId tenant, Upload upload) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT p FROM PartEntity p WHERE p.tenant = :tenant AND p.upload = :upload"
                        + " ORDER BY p.first",
                    PartEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("upload", upload.id())
                .getResultList()
                .stream()
                .map(row -> part(upload, row))
                .toList());
  }

  /** The owner's uploads after a cursor (an id, or empty), by id. */
  public List<Upload> ofOwner(TenantId tenant, AccountId owner, String after, int limit) {
    return db.call(
        tenant,
        em ->
            list(
                em.createQuery(
                        SELECT + " AND u.owner = :owner AND u.id > :after ORDER BY u.id",
                        UploadEntity.class)
                    .setParameter("owner", owner.value())
                    .setParameter("after", after),
                tenant,
                limit));
  }

  /** How many uploads of the owner are no tracks yet. */
  public long unfinished(TenantId tenant, AccountId owner) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "SELECT COUNT(u) FROM UploadEntity u WHERE u.tenant = :tenant"
                        + " AND u.owner = :owner AND u.track IS NULL",
                    Long.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner.value())
                .getSingleResult());
  }

  /** Uploads whose time is over, those that became tracks too. */
  public List<Upload> expired(TenantId tenant, Instant now, int limit) {
    return db.call(
        tenant,
        em ->
            list(
                em.createQuery(
                        SELECT + " AND u.expiresAt <= :now ORDER BY u.expiresAt",
                        UploadEntity.class)
                    .setParameter("now", now),
                tenant,
                limit));
  }

  /** Uploads after a cursor that are all here and no tracks yet: somebody was killed in between. */
  public List<Upload> complete(TenantId tenant, String after, int limit) {
    return db.call(
        tenant,
        em ->
            list(
                em.createQuery(
                        SELECT
                            + " AND u.track IS NULL AND u.total = u.received AND u.id > :after"
                            + " ORDER BY u.id",
                        UploadEntity.class)
                    .setParameter("after", after),
                tenant,
                limit));
  }

  private static List<Upload> list(TypedQuery<UploadEntity> query, TenantId tenant, int limit) {
    return query
        .setParameter("tenant", tenant.value())
        .setMaxResults(limit)
        .getResultList()
        .stream()
        .map(UploadStore::upload)
        .toList();
  }

  private static void deleteParts(EntityManager em, TenantId tenant, String upload) {
    int unused =
        em.createQuery("DELETE FROM PartEntity p WHERE p.tenant = :tenant AND p.upload = :upload")
            .setParameter("tenant", tenant.value())
            .setParameter("upload", upload)
            .executeUpdate();
    // A bulk delete goes past the entities that this transaction has read.
    em.clear();
  }

  private static UploadEntity locked(EntityManager em, TenantId tenant, String id) {
    UploadEntity row = row(em, tenant, id, LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      throw new IllegalStateException("A locked upload is gone");
    }
    return row;
  }

  private static @Nullable UploadEntity row(
      EntityManager em, TenantId tenant, String id, @Nullable LockModeType lock) {
    UploadEntity.Key key = new UploadEntity.Key(tenant.value(), id);
    return lock == null ? em.find(UploadEntity.class, key) : em.find(UploadEntity.class, key, lock);
  }

  private static Upload upload(UploadEntity row) {
    return new Upload(
        new TenantId(row.tenant),
        row.id,
        new AccountId(row.owner),
        row.total,
        row.received,
        row.parts,
        row.metadata,
        row.track,
        row.createdAt,
        row.expiresAt);
  }

  private static Part part(Upload upload, PartEntity row) {
    BlobKey blob = new BlobKey(upload.tenant(), upload.owner().value(), Part.KIND, row.blobId);
    return new Part(row.first, row.length, blob);
  }
}
