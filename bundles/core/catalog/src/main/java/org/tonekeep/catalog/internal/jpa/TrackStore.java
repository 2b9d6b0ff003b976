package org.tonekeep.catalog.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.catalog.internal.TrackQuery;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/**
 * Stores tracks, those in the trash too. Each method joins the running transaction or has its own.
 */
@Component(service = TrackStore.class)
public final class TrackStore {
  private final Database db;

  @Activate
  public TrackStore(@Reference(target = "(unit=catalog)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, Track track) {
    Object unused =
        db.call(
            tenant,
            em -> {
              em.persist(new TrackEntity(track));
              return true;
            });
  }

  public Optional<Track> find(TenantId tenant, TrackId id) {
    return db.call(tenant, em -> entity(em, tenant, id).map(TrackEntity::track));
  }

  /** Changes the texts; false when there is no such track. */
  public boolean describe(TenantId tenant, TrackId id, String title, String artist, String genre) {
    return change(tenant, id, t -> t.describe(title, artist, genre));
  }

  /** Sets the state and the reason of a failure. */
  public boolean state(TenantId tenant, TrackId id, TrackState state, @Nullable String failure) {
    return change(
        tenant,
        id,
        t -> {
          t.state = state.word();
          t.failure = failure;
        });
  }

  /** Sets what decoding found. */
  public boolean measured(
      TenantId tenant, TrackId id, double durationSeconds, int sampleRate, int channels) {
    return change(
        tenant,
        id,
        t -> {
          t.durationSeconds = durationSeconds;
          t.sampleRate = sampleRate;
          t.channels = channels;
        });
  }

  /** Puts the track into the trash, or takes it out (both times null). */
  public boolean trash(
      TenantId tenant, TrackId id, @Nullable Instant deletedAt, @Nullable Instant purgeAt) {
    return change(
        tenant,
        id,
        t -> {
          t.deletedAt = deletedAt;
          t.purgeAt = purgeAt;
        });
  }

  private boolean change(TenantId tenant, TrackId id, Consumer<TrackEntity> change) {
    return db.call(
        tenant,
        em -> {
          Optional<TrackEntity> track = entity(em, tenant, id);
          track.ifPresent(change);
          return track.isPresent();
        });
  }

  /** Removes the row; false when there is none. */
  public boolean delete(TenantId tenant, TrackId id) {
    return db.call(
        tenant,
        em ->
            em.createQuery("DELETE FROM TrackEntity t WHERE t.tenant = :tenant AND t.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", id.value())
                    .executeUpdate()
                == 1);
  }

  /**
   * The owner's tracks that match.
   *
   * @param limit at most so many, whatever the query says
   */
  public List<Track> page(TenantId tenant, AccountId owner, TrackQuery query, int limit) {
    return db.call(tenant, em -> new TrackSelection(tenant, owner, query).read(em, limit));
  }

  /** All tracks of an owner, those in the trash too, after a track id (empty for the first). */
  public List<Track> ofOwner(TenantId tenant, AccountId owner, String after, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT t FROM TrackEntity t WHERE t.tenant = :tenant AND t.owner = :owner"
                        + " AND t.id > :after ORDER BY t.id",
                    TrackEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner.value())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(TrackEntity::track)
                .toList());
  }

  /** Tracks whose time in the trash is over, the longest overdue first. */
  public List<Track> overdue(TenantId tenant, Instant now, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT t FROM TrackEntity t WHERE t.tenant = :tenant AND t.purgeAt <= :now"
                        + " ORDER BY t.purgeAt, t.id",
                    TrackEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(TrackEntity::track)
                .toList());
  }

  private static Optional<TrackEntity> entity(EntityManager em, TenantId tenant, TrackId id) {
    return Optional.ofNullable(em.find(TrackEntity.class, new TrackEntity.Key(tenant, id)));
  }
}
