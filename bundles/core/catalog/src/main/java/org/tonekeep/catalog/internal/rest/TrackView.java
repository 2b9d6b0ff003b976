package org.tonekeep.catalog.internal.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tonekeep.catalog.api.Track;

/**
 * A track as REST shows it.
 *
 * @param expiresAt when it is removed without anybody asking; null when it is not
 */
public record TrackView(
    String id,
    String title,
    String artist,
    String genre,
    @Nullable Double durationSeconds,
    String format,
    @Nullable Integer sampleRate,
    @Nullable Integer channels,
    long sizeBytes,
    String sha256,
    @Nullable Double bpm,
    @Nullable String key,
    String state,
    @Nullable String failure,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant deletedAt,
    @Nullable Instant purgeAt) {

  static TrackView of(Track track) {
    return new TrackView(
        track.id().value(),
        track.title(),
        track.artist(),
        track.genre(),
        track.durationSeconds(),
        track.format(),
        track.sampleRate(),
        track.channels(),
        track.sizeBytes(),
        track.sha256(),
        track.bpm(),
        track.key(),
        track.state().word(),
        track.failure(),
        track.createdAt(),
        track.purgeAt(),
        track.deletedAt(),
        track.purgeAt());
  }
}
