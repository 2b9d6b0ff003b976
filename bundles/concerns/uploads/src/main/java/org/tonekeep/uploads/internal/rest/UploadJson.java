package org.tonekeep.uploads.internal.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.Quotas.Usage;
import org.tonekeep.uploads.internal.Metadata;
import org.tonekeep.uploads.internal.Upload;

/**
 * An upload as its owner sees it.
 *
 * @param length bytes in all; null until announced
 * @param track id of the track that it became; null while it has not
 */
public record UploadJson(
    String id,
    String fileName,
    long offset,
    @Nullable Long length,
    @Nullable String track,
    Instant createdAt,
    Instant expiresAt) {
  static UploadJson of(Upload upload, Metadata metadata) {
    return new UploadJson(
        upload.id(),
        metadata.fileName(),
        upload.received(),
        upload.total(),
        upload.track(),
        upload.createdAt(),
        upload.expiresAt());
  }

  /** A page of uploads, and what the account keeps. */
  public record Page(List<UploadJson> items, @Nullable String next, UsageJson usage) {}

  /**
   * What the account keeps and may keep.
   *
   * @param bytes in uploaded files, with what unfinished uploads have set aside
   * @param maxBytes null when there is no limit
   * @param tracks those in the trash and unfinished uploads too
   * @param maxTracks null when there is no limit
   */
  public record UsageJson(
      long bytes, @Nullable Long maxBytes, long tracks, @Nullable Long maxTracks) {
    static UsageJson of(Usage usage) {
      return new UsageJson(
          usage.bytes(), limit(usage.maxBytes()), usage.tracks(), limit(usage.maxTracks()));
    }

    private static @Nullable Long limit(long most) {
      return most == Usage.UNLIMITED ? null : most;
    }
  }
}
