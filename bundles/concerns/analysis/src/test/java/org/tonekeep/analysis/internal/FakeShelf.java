package org.tonekeep.analysis.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/** A catalogue in memory that writes down what is asked of it. */
final class FakeShelf implements Catalog {
  final Map<String, Track> tracks = new ConcurrentHashMap<>();
  final List<String> events = new ArrayList<>();

  /** Runs when somebody asks whether a track exists. */
  volatile Runnable asked = () -> {};

  Track add(TenantId tenant, AccountId owner, String id, BlobKey original, long size) {
    return put(tenant, owner, id, original, size, TrackState.UPLOADED);
  }

  void state(TenantId tenant, String id, TrackState state) {
    Track was = tracks.get(tenant + id);
    Track unused = put(tenant, was.owner(), id, was.original(), was.sizeBytes(), state);
  }

  private Track put(
      TenantId tenant, AccountId owner, String id, BlobKey original, long size, TrackState state) {
    Track track =
        new Track(
            tenant,
            new TrackId(id),
            owner,
            "",
            "",
            "",
            original,
            "audio/wav",
            "wav",
            size,
            "",
            null,
            null,
            null,
            null,
            null,
            state,
            null,
            Instant.EPOCH,
            null,
            null);
    tracks.put(tenant + id, track);
    return track;
  }

  @Override
  public Optional<Track> find(TenantId tenant, TrackId id) {
    return Optional.ofNullable(tracks.get(tenant + id.value()));
  }

  @Override
  public Optional<Track> findOwned(TenantId tenant, AccountId owner, TrackId id) {
    return find(tenant, id).filter(t -> t.owner().equals(owner));
  }

  @Override
  public boolean exists(TenantId tenant, TrackId id) {
    asked.run();
    return tracks.containsKey(tenant + id.value());
  }

  @Override
  public void analysing(TenantId tenant, TrackId id) {
    events.add("analysing");
  }

  @Override
  public void measured(TenantId tenant, TrackId id, double seconds, int sampleRate, int channels) {
    events.add("measured " + seconds + " " + sampleRate + " " + channels);
  }

  @Override
  public void ready(TenantId tenant, TrackId id) {
    events.add("ready");
  }

  @Override
  public void failed(TenantId tenant, TrackId id, String reason) {
    events.add("failed " + reason);
  }

  @Override
  public int purgeTrash(TenantId tenant, Instant now) {
    return 0;
  }
}
