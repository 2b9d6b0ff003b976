package org.tonekeep.vault.internal;

import org.jspecify.annotations.Nullable;

/**
 * What an owner keeps and has reserved, and the operator's own limits for it.
 *
 * @param bytes recorded
 * @param tracks recorded
 * @param ownBytes null: as the tenant's file says; {@code Long.MAX_VALUE}: no limit
 * @param ownTracks null: as the tenant's file says; {@code Long.MAX_VALUE}: no limit
 */
public record Counted(
    long bytes,
    long tracks,
    long reservedBytes,
    long reservedTracks,
    @Nullable Long ownBytes,
    @Nullable Long ownTracks) {
  /** Of an owner that has nothing. */
  public static final Counted NOTHING = new Counted(0, 0, 0, 0, null, null);

  public long allBytes() {
    return bytes + reservedBytes;
  }

  public long allTracks() {
    return tracks + reservedTracks;
  }
}
