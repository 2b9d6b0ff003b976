package org.tonekeep.catalog.api;

import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * A bundle that keeps data of its own for a track. Called inside the purging transaction: what it
 * does commits with the track's removal or not at all. A bundle that was away repairs itself with
 * {@link Catalog#exists}.
 */
@ConsumerType
public interface TrackListener {
  /** The track is removed for good. */
  void trackPurged(TenantId tenant, TrackId track);
}
