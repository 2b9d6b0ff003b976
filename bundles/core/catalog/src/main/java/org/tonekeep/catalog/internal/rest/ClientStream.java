package org.tonekeep.catalog.internal.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a client sends. Remembers whether it was the client who broke off, because to whoever reads
 * that looks like a failing disk.
 */
final class ClientStream extends FilterInputStream {
  private final long expected;
  private long count;
  private boolean broken;

  /**
   * @param expected announced length in bytes, or -1 when it is not known
   */
  ClientStream(InputStream in, long expected) {
    super(in);
    this.expected = expected;
  }

  boolean broken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(into, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    if (read > 0) {
      count += read;
    } else if (read < 0 && count < expected) {
      broken = true;
      throw new IOException("The request ended before its announced length");
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] sink = new byte[8192];
    long left = bytes;
    while (left > 0) {
      int read = read(sink, 0, (int) Math.min(sink.length, left));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return bytes - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
