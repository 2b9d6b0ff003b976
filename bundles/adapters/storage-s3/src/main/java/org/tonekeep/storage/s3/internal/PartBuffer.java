package org.tonekeep.storage.s3.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import software.amazon.awssdk.core.sync.RequestBody;

/** The one part of an upload that is in the heap; it grows to what the upload needs. */
final class PartBuffer {
  private static final int FIRST = 64 << 10;
  private static final String TYPE = "application/octet-stream";

  private final int most;
  private byte[] bytes;
  private int size;

  PartBuffer(int most) {
    this.most = most;
    this.bytes = new byte[Math.min(FIRST, most)];
  }

  /** Takes the next bytes of the source in place of the last ones; whether there may be more. */
  boolean fill(InputStream source) throws IOException {
    size = 0;
    while (true) {
      size += source.readNBytes(bytes, size, bytes.length - size);
      if (size < bytes.length) {
        return false;
      }
      if (size == most) {
        return true;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(most, bytes.length * 4L));
    }
  }

  int size() {
    return size;
  }

  /** May be read again for each try. */
  RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, size), size, TYPE);
  }

  /** The server refuses bytes that are not these. */
  String contentMd5() {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(bytes, 0, size);
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
