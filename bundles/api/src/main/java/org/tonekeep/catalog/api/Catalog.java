package org.tonekeep.catalog.api;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * The tracks, for the bundles that process them. It owns {@code bpm}, {@code key} and {@code
 * state}. Writing methods join the running transaction and are silent when the track is gone: its
 * owner may delete it while it is processed.
 */
@ProviderType
public interface Catalog {
  /** The track; empty when absent or in the trash. */
  Optional<Track> find(TenantId tenant, TrackId id);

  /** The owner's track; empty for somebody else's, exactly as for one that does not exist. */
  Optional<Track> findOwned(TenantId tenant, AccountId owner, TrackId id);

  /**
   * Whether the track exists, in the trash or not. What is kept for a track that does not exist any
   * more is to be removed; one that is gone never comes back.
   */
  boolean exists(TenantId tenant, TrackId id);

  /** A processor has begun. */
  void analysing(TenantId tenant, TrackId id);

  /** The decoded stream's properties. */
  void measured(TenantId tenant, TrackId id, double durationSeconds, int sampleRate, int channels);

  /** All processing is done. */
  void ready(TenantId tenant, TrackId id);

  /** Processing ended for good without a result; the upload is kept. */
  void failed(TenantId tenant, TrackId id, String reason);

  /**
   * Removes tracks whose time in the trash is over, with their bytes and what hangs on them.
   *
   * @return how many were removed
   */
  int purgeTrash(TenantId tenant, Instant now);
}
