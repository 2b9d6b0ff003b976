package org.tonekeep.uploads.internal;

import org.tonekeep.storage.api.BlobKey;

/**
 * A piece of an upload.
 *
 * @param first offset of its first byte
 * @param length in bytes, at least 1
 */
public record Part(long first, long length, BlobKey blob) {
  /** The kind of blob that holds it. */
  public static final String KIND = "part";
}
