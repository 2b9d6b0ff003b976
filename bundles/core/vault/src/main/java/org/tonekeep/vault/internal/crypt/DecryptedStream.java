package org.tonekeep.vault.internal.crypt;

import com.google.crypto.tink.subtle.StreamSegmentDecrypter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The plain bytes from one segment on: two buffers of one segment, and nothing is given out before
 * its segment is authenticated. One stored byte is read ahead, for a segment that another one
 * follows must not pass for the last, nor the last for one in the middle. Not thread-safe.
 */
final class DecryptedStream extends InputStream {
  private final InputStream stored;
  private final StreamSegmentDecrypter decrypter;
  private final Watch watch;
  private final byte[] cipher = new byte[BlobFormat.SEGMENT + 1];
  private final ByteBuffer plain = ByteBuffer.allocate(BlobFormat.PLAIN);
  private long segment;
  private long rest;
  private int ahead;
  private boolean last;

  /**
   * @param stored stands at the first byte of the segment
   * @param length how many plain bytes are given out at most
   */
  DecryptedStream(
      InputStream stored,
      StreamSegmentDecrypter decrypter,
      long segment,
      long length,
      Watch watch) {
    this.stored = stored;
    this.decrypter = decrypter;
    this.segment = segment;
    this.rest = length;
    this.watch = watch;
    plain.limit(0);
  }

  /** Told before each segment, and of damage. */
  interface Watch {
    /** Throws when the blob must not be read any more. */
    void segment() throws IOException;

    DamagedBlobException damaged(DamagedBlobException how);
  }

  /**
   * Skips plain bytes of the first segment, which is authenticated by that.
   *
   * @return false when the blob ended before this segment: nothing is authenticated then
   * @throws IllegalArgumentException when the segment has fewer
   */
  boolean begin(long skipped) throws IOException {
    if (!next()) {
      return false;
    }
    if (skipped > plain.remaining()) {
      throw new IllegalArgumentException("An offset is 0 to the length");
    }
    plain.position((int) skipped);
    return true;
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
    if (rest == 0) {
      return -1;
    }
    if (!plain.hasRemaining()) {
      if (last) {
        return -1;
      }
      if (!next()) {
        throw damaged("it ends too early", null);
      }
      if (!plain.hasRemaining()) {
        return -1;
      }
    }
    int now = (int) Math.min(Math.min(wanted, rest), plain.remaining());
    plain.get(into, offset, now);
    rest -= now;
    return now;
  }

  @Override
  public int available() {
    return (int) Math.min(rest, plain.remaining());
  }

  /** Whether there was a segment. */
  private boolean next() throws IOException {
    watch.segment();
    int most = BlobFormat.storedLength(segment);
    int there = ahead + stored.readNBytes(cipher, ahead, most + 1 - ahead);
    if (there == 0 && segment > 0) {
      return false;
    }
    last = there <= most;
    if (there < BlobFormat.TAG) {
      throw damaged("it ends too early", null);
    }
    plain.clear();
    try {
      decrypter.decryptSegment(
          ByteBuffer.wrap(cipher, 0, Math.min(there, most)), Math.toIntExact(segment), last, plain);
    } catch (GeneralSecurityException e) {
      plain.clear().limit(0);
      throw damaged("a segment is not authentic", e);
    }
    plain.flip();
    cipher[0] = cipher[most];
    ahead = last ? 0 : 1;
    segment++;
    return true;
  }

  private DamagedBlobException damaged(String how, @Nullable GeneralSecurityException cause) {
    return watch.damaged(new DamagedBlobException(how, cause));
  }

  @Override
  public void close() throws IOException {
    Arrays.fill(plain.array(), (byte) 0);
    plain.limit(0);
    rest = 0;
    stored.close();
  }
}
