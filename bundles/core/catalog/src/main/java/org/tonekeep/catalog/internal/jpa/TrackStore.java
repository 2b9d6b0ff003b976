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

  /** Puts the track into the trash. */
  public boolean trash(TenantId tenant, TrackId id, Instant deletedAt, Instant purgeAt) {
    return change(
        tenant,
        id,
        t -> {
          t.deletedAt = deletedAt;
          t.purgeAt = purgeAt;
        });
  }

  /**
   * Takes the track out of the trash.
   *
   * @return the track as it is now; empty when it was not there, or not any more
   */
  public Optional<Track> untrash(TenantId tenant, TrackId id) {
    return db.call(
        tenant,
        em -> {
          int rows =
              em.createQuery(
                      "UPDATE TrackEntity t SET t.deletedAt = NULL, t.purgeAt = NULL"
                          + " WHERE t.tenant = :tenant AND t.id = :id AND t.deletedAt IS NOT NULL")
                  .setParameter("tenant", tenant.value())
                  .setParameter("id", id.value())
                  .executeUpdate();
          // The update goes past what this transaction has read; from here on the row is locked.
          em.clear();
          return rows == 0 ? Optional.empty() : entity(em, tenant, id).map(TrackEntity::track);
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

  /** Removes the row if its time in the trash is over at that moment; false when it is not. */
  public boolean deleteOverdue(TenantId tenant, TrackId id, Instant now) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                        "DELETE FROM TrackEntity t WHERE t.tenant = :tenant AND t.id = :id"
                            + " AND t.purgeAt <= :now")
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", id.value())
                    .setParameter("now", now)
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

  /**
   * Tracks whose time in the trash is over, the longest overdue first.
   *
   * @param skip how many to leave out
   */
  public List<Track> overdue(TenantId tenant, Instant now, int skip, int limit) {
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
                .setFirstResult(skip)
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
