package org.tonekeep.catalog.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/**
 * A piece of music that somebody uploaded.
 *
 * @param original where the uploaded bytes lie
 * @param format short name of the container or codec, such as {@code mp3}
 * @param durationSeconds null until analysed
 * @param sampleRate in Hz, null until analysed
 * @param channels null until analysed
 * @param bpm tempo in beats per minute, null until known
 * @param key musical key such as {@code A minor}, null until known
 * @param failure why a {@link TrackState#FAILED} track failed, in words for a musician
 * @param deletedAt when it went to the trash, null while it is not there
 * @param purgeAt when the trash forgets it, null while it is not there
 */
public record Track(
    TenantId tenant,
    TrackId id,
    AccountId owner,
    String title,
    String artist,
    String genre,
    BlobKey original,
    String mediaType,
    String format,
    long sizeBytes,
    String sha256,
    @Nullable Double durationSeconds,
    @Nullable Integer sampleRate,
    @Nullable Integer channels,
    @Nullable Double bpm,
    @Nullable String key,
    TrackState state,
    @Nullable String failure,
    Instant createdAt,
    @Nullable Instant deletedAt,
    @Nullable Instant purgeAt) {}
