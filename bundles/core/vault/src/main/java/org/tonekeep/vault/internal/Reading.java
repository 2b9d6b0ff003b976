package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;

/** Reads a blob to its end and tells what it was. */
final class Reading {
  private static final int BUFFER = 64 << 10;

  private Reading() {}

  /** How many bytes there were, and their SHA-256. */
  record Found(long length, String sha256) {
    boolean is(Blob blob) {
      return length == blob.length() && sha256.equals(blob.sha256());
    }
  }

  /** Reads the plain bytes of a blob. */
  static Found of(BlobStore store, BlobKey key, Pace pace) throws IOException {
    MessageDigest digest = sha256();
    long length = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = pace.over(store.read(key, 0, BlobStore.TO_THE_END))) {
      int read;
      while ((read = bytes.read(buffer, 0, BUFFER)) >= 0) {
        digest.update(buffer, 0, read);
        length += read;
      }
    }
    return new Found(length, TenantVault.hex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
