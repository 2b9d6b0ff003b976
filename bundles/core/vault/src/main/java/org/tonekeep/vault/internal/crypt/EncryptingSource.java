package org.tonekeep.vault.internal.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/**
 * Plain bytes on their way into a store, as the encrypted blob: two buffers of one segment. A
 * failing source fails here just so. Not thread-safe.
 */
final class EncryptingSource extends InputStream {
  private final InputStream source;
  private final DataKeys.Sealing sealing;
  private final byte[] plain = new byte[BlobFormat.PLAIN + 1];
  private final ByteBuffer stored = ByteBuffer.allocate(BlobFormat.SEGMENT);
  private int ahead;
  private boolean first = true;
  private boolean last;
  private long length;

  EncryptingSource(InputStream source, DataKeys.Sealing sealing) {
    this.source = source;
    this.sealing = sealing;
    stored.put(sealing.header()).flip();
  }

  /** How many plain bytes came by. */
  long length() {
    return length;
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
    if (!stored.hasRemaining()) {
      if (last) {
        return -1;
      }
      next();
    }
    int now = Math.min(wanted, stored.remaining());
    stored.get(into, offset, now);
    return now;
  }

  /** One byte is read ahead, for only the last segment may be the last. */
  private void next() throws IOException {
    int most = first ? BlobFormat.FIRST_PLAIN : BlobFormat.PLAIN;
    int read = source.readNBytes(plain, ahead, most + 1 - ahead);
    length += read;
    int there = ahead + read;
    last = there <= most;
    stored.clear();
    try {
      sealing
          .encrypter()
          .encryptSegment(ByteBuffer.wrap(plain, 0, Math.min(there, most)), last, stored);
    } catch (GeneralSecurityException e) {
      throw new IOException("A blob cannot be encrypted", e);
    }
    stored.flip();
    ahead = last ? 0 : 1;
    plain[0] = plain[most];
    first = false;
  }
}
