package org.tonekeep.breakglass.internal;

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
import org.tonekeep.identity.api.Holder;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.SignedUrls;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/** Tracks with their blobs, and what was signed. */
public final class TestShelf implements Catalog {
  /** An address that was signed. */
  public record Signed(
      TenantId tenant, List<Holder> holders, String audience, SignedUrls.Offer offer) {}

  public final List<Signed> signed = new ArrayList<>();
  private final Map<TrackId, Track> tracks = new ConcurrentHashMap<>();
  private int next;

  public TrackId add(TenantId tenant, AccountId owner) {
    TrackId id = new TrackId(String.format("0189000a-0000-7000-8000-%012d", next++));
    BlobKey key = new BlobKey(tenant, owner.value(), "original", id.value());
    Track track =
        new Track(
            tenant,
            id,
            owner,
            "Night Train",
            "",
            "",
            key,
            "audio/mpeg",
            "mp3",
            10,
            "",
            null,
            null,
            null,
            null,
            null,
            TrackState.READY,
            null,
            Instant.EPOCH,
            null,
            null);
    tracks.put(id, track);
    return id;
  }

  public void remove(TrackId id) {
    tracks.remove(id);
  }

  @Override
  public Optional<Track> find(TenantId tenant, TrackId id) {
    return Optional.ofNullable(tracks.get(id)).filter(track -> track.tenant().equals(tenant));
  }

  @Override
  public Optional<Track> findOwned(TenantId tenant, AccountId owner, TrackId id) {
    return find(tenant, id).filter(track -> track.owner().equals(owner));
  }

  @Override
  public boolean exists(TenantId tenant, TrackId id) {
    return find(tenant, id).isPresent();
  }

  @Override
  public void analysing(TenantId tenant, TrackId id) {}

  @Override
  public void measured(
      TenantId tenant, TrackId id, double durationSeconds, int sampleRate, int channels) {}

  @Override
  public void ready(TenantId tenant, TrackId id) {}

  @Override
  public void failed(TenantId tenant, TrackId id, String reason) {}

  @Override
  public int purgeTrash(TenantId tenant, Instant now) {
    return 0;
  }

  SignedUrls urls() {
    return (tenant, holders, audience, offer) -> {
      signed.add(new Signed(tenant, holders, audience, offer));
      return new SignedUrls.SignedUrl("/b/v1." + signed.size(), Instant.EPOCH);
    };
  }

  Vault vault() {
    return (Vault)
        java.lang.reflect.Proxy.newProxyInstance(
            TestShelf.class.getClassLoader(),
            new Class<?>[] {Vault.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("find")) {
                throw new UnsupportedOperationException(method.getName());
              }
              BlobKey key = (BlobKey) arguments[1];
              return Optional.of(new Blob(key, 10, "", "audio/mpeg", "memory"));
            });
  }
}
