package org.tonekeep.portrait.internal;

import java.time.Instant;
import org.tonekeep.storage.api.BlobKey;

/**
 * An account's image.
 *
 * @param blob where the bytes lie, with tenant and owner
 * @param width in pixels
 * @param height in pixels
 */
public record Portrait(BlobKey blob, int width, int height, Instant updatedAt) {
  /** The kind of the vault's blobs. */
  public static final String KIND = "portrait";
}
