package org.tonekeep.analysis.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/** A catalogue in memory that writes down what is asked of it. */
final class FakeShelf implements Catalog {
  final Map<String, Track> tracks = new HashMap<>();
  final List<String> events = new ArrayList<>();

  Track add(TenantId tenant, AccountId owner, String id, BlobKey original, long size) {
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
            TrackState.UPLOADED,
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
