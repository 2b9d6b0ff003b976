package org.tonekeep.catalog.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.catalog.internal.jpa.TrackStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** What happens to a track from its upload to its end. */
@Component(service = TrackShelf.class)
public final class TrackShelf {
  private static final int PAGE = 100;

  private final TrackStore store;
  private final TrackListeners listeners;
  private final TrackTrail trail;
  private final Vault vault;
  private final Jobs jobs;
  private final Gate gate;
  private final Tenants tenants;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public TrackShelf(
      @Reference TrackStore store,
      @Reference TrackListeners listeners,
      @Reference TrackTrail trail,
      @Reference Vault vault,
      @Reference Jobs jobs,
      @Reference Gate gate,
      @Reference Tenants tenants,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.listeners = listeners;
    this.trail = trail;
    this.vault = vault;
    this.jobs = jobs;
    this.gate = gate;
    this.tenants = tenants;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * Puts a received blob on the shelf: its record, the track and the first job of each feature that
   * processes tracks, in one transaction. When that fails, the blob is thrown away.
   */
  public Track put(TenantId tenant, AccountId owner, Blob blob, TrackTexts texts, ByWhom by) {
    TrackId id = new TrackId(Ids.next(clock));
    try {
      return enter(tenant, owner, id, blob, texts, by);
    } catch (RuntimeException e) {
      abandonUnless(tenant, id, blob, e);
      throw e;
    }
  }

  /** As {@link #put}; joins the running transaction, and the caller throws the blob away. */
  Track enter(TenantId tenant, AccountId owner, Blob blob, TrackTexts texts) {
    TrackId id = new TrackId(Ids.next(clock));
    return enter(tenant, owner, id, blob, texts, ByWhom.account(owner));
  }

  private Track enter(
      TenantId tenant, AccountId owner, TrackId id, Blob blob, TrackTexts texts, ByWhom by) {
    return tx.call(
        tenant,
        () -> {
          Set<String> kinds = trackJobs(tenant);
          Track track =
              new Track(
                  tenant,
                  id,
                  owner,
                  texts.title(),
                  texts.artist(),
                  texts.genre(),
                  blob.key(),
                  blob.mediaType(),
                  Formats.of(blob.mediaType()),
                  blob.length(),
                  blob.sha256(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  kinds.isEmpty() ? TrackState.READY : TrackState.UPLOADED,
                  null,
                  clock.instant(),
                  null,
                  null);
          vault.record(tenant, blob);
          store.insert(tenant, track);
          kinds.forEach(kind -> enqueue(track, kind));
          trail.uploaded(track, by);
          return track;
        });
  }

  /**
   * A commit whose answer got lost may have happened: only bytes without a track are thrown away.
   */
  private void abandonUnless(TenantId tenant, TrackId id, Blob blob, RuntimeException cause) {
    try {
      if (store.find(tenant, id).isEmpty()) {
        vault.abandon(tenant, blob);
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e); // nobody knows: the vault's sweep will, in a day
    }
  }

  private Set<String> trackJobs(TenantId tenant) {
    return gate.listed(tenant).stream()
        .flatMap(f -> f.trackJobs().stream())
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  private void enqueue(Track track, String kind) {
    Object unused =
        jobs.enqueue(
            track.tenant(),
            new JobRequest(track.owner().value(), kind, track.id().value(), Map.of()));
  }

  /** The owner's track, in the trash or not. */
  public Optional<Track> anywhere(TenantId tenant, AccountId owner, TrackId id) {
    return store.find(tenant, id).filter(t -> t.owner().equals(owner));
  }

  /** How long the tenant's trash keeps a track; zero when there is no trash. */
  public Duration trashKeep(TenantId tenant) {
    return tenants.require(tenant).get(CatalogKeys.TRASH_KEEP);
  }

  /** Puts the track into the trash, or removes it at once where the tenant keeps no trash. */
  public void delete(Track track, ByWhom by) {
    Duration keep = trashKeep(track.tenant());
    if (keep.isZero()) {
      purge(track, by);
    } else {
      Instant now = clock.instant();
      tx.run(
          track.tenant(),
          () -> {
            store.trash(track.tenant(), track.id(), now, now.plus(keep));
            trail.trashed(track, by);
          });
    }
  }

  /**
   * Takes the track out of the trash. What is not ready is processed again whatever the queue
   * holds: a job that met the track in the trash has ended without doing anything, or is about to.
   *
   * @return false when the track is gone for good
   */
  public boolean restore(Track track, ByWhom by) {
    TenantId tenant = track.tenant();
    return tx.call(
        tenant,
        () -> {
          Optional<Track> back = store.untrash(tenant, track.id());
          back.filter(t -> t.state() != TrackState.READY).ifPresent(this::processAgain);
          back.ifPresent(t -> trail.restored(t, by));
          return back.isPresent() || store.find(tenant, track.id()).isPresent();
        });
  }

  private void processAgain(Track track) {
    Set<String> kinds = trackJobs(track.tenant());
    if (!kinds.isEmpty()) {
      store.state(track.tenant(), track.id(), TrackState.UPLOADED, null);
      kinds.forEach(kind -> enqueue(track, kind));
    } else if (track.state() != TrackState.FAILED) {
      store.state(track.tenant(), track.id(), TrackState.READY, null);
    }
  }

  /** Removes the track, its bytes and what hangs on it, for good and in one transaction. */
  public void purge(Track track, ByWhom by) {
    purge(track, () -> trail.purged(track, by));
  }

  private void purge(Track track, Runnable note) {
    tx.run(
        track.tenant(),
        () -> {
          cancelJobs(track);
          if (store.delete(track.tenant(), track.id())) {
            forget(track);
            note.run();
          }
        });
  }

  /** Jobs before the row: a job's end takes the two in this order, too. */
  private void cancelJobs(Track track) {
    for (Job job : jobs.ofSubject(track.tenant(), track.id().value())) {
      if (!job.state().ended()) {
        Object unused = jobs.cancel(track.tenant(), job.id());
      }
    }
  }

  private void forget(Track track) {
    vault.discard(track.tenant(), track.original());
    listeners.purged(track.tenant(), track.id());
  }

  /**
   * Removes the tracks whose time in the trash is over. One that cannot be removed does not keep
   * the others; what stood in its way is thrown at the end.
   *
   * @return how many were removed
   */
  int purgeOverdue(TenantId tenant, Instant now) {
    int count = 0;
    List<RuntimeException> failures = new ArrayList<>();
    List<Track> overdue;
    do {
      overdue = store.overdue(tenant, now, failures.size(), PAGE);
      for (Track track : overdue) {
        try {
          count += purgeOverdue(track, now) ? 1 : 0;
        } catch (RuntimeException e) {
          failures.add(e);
        }
      }
    } while (overdue.size() == PAGE);
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.subList(1, failures.size()).forEach(first::addSuppressed);
      throw first;
    }
    return count;
  }

  /** As {@link #purge}, unless the track is not overdue any more: its owner took it back. */
  private boolean purgeOverdue(Track track, Instant now) {
    try {
      tx.run(
          track.tenant(),
          () -> {
            cancelJobs(track);
            if (!store.deleteOverdue(track.tenant(), track.id(), now)) {
              throw new TakenBackException();
            }
            forget(track);
            trail.purged(track, ByWhom.platform());
          });
      return true;
    } catch (TakenBackException e) {
      return false; // its jobs go on: the transaction was rolled back
    }
  }

  /** Rolls a purge back. */
  private static final class TakenBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Removes everything of an account; joins the running transaction. */
  void purgeAll(TenantId tenant, AccountId owner) {
    List<Track> page;
    String after = "";
    do {
      page = store.ofOwner(tenant, owner, after, PAGE);
      for (Track track : page) {
        purge(track, () -> trail.erased(track));
        after = track.id().value();
      }
    } while (page.size() == PAGE);
  }
}
