package org.tonekeep.vault.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;

/**
 * Bytes on their way into a store: counts, hashes, and shows them to a watcher, with a buffer for
 * the head only. Past the limit, or when the watcher objects, it throws, and the store leaves
 * nothing behind.
 */
final class Intake extends FilterInputStream {
  private final LongConsumer limit;
  private final MessageDigest digest;
  private byte[] head = new byte[0];
  private int headRead;
  private long count;
  private Watcher watcher = Watcher.NONE;
  private boolean ended;

  /**
   * @param limit is shown how many bytes have come; objects by throwing
   */
  Intake(InputStream source, LongConsumer limit) {
    super(source);
    this.limit = limit;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Reads ahead; the bytes are still given to the store. */
  byte[] head(int length) throws IOException {
    head = in.readNBytes(length);
    return head.clone();
  }

  void watch(Watcher shown) {
    this.watcher = shown;
  }

  String sha256() {
    return TenantVault.hex(digest.digest());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    int now = next(into, offset, wanted);
    if (now < 0) {
      if (!ended) {
        ended = true;
        watcher.end();
      }
      return -1;
    }
    count += now;
    limit.accept(count);
    digest.update(into, offset, now);
    watcher.bytes(into, offset, now);
    return now;
  }

  private int next(byte[] into, int offset, int wanted) throws IOException {
    if (headRead == head.length) {
      return in.read(into, offset, wanted);
    }
    int now = Math.min(wanted, head.length - headRead);
    System.arraycopy(head, headRead, into, offset, now);
    headRead += now;
    if (headRead == head.length) {
      head = new byte[0];
      headRead = 0;
    }
    return now;
  }

  @Override
  public long skip(long wanted) {
    throw new UnsupportedOperationException("Every byte of an upload is hashed");
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Sees all bytes in order, then the end; objects by throwing. */
  interface Watcher {
    /** Objects to nothing. */
    Watcher NONE = (bytes, offset, length) -> {};

    void bytes(byte[] bytes, int offset, int length);

    /** The source has ended. */
    default void end() {}
  }
}
