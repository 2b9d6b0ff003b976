package org.tonekeep.testing.contracts;

import java.io.IOException;
import java.io.InputStream;

/** Gives zeros, does something after a number of them, and tells whether it was closed. */
final class FaultySource extends InputStream {
  private final long length;
  private final long at;
  private final Act act;
  private long given;
  private boolean acted;
  boolean closed;
  boolean drained;

  FaultySource(long length, long at, Act act) {
    this.length = length;
    this.at = at;
    this.act = act;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    if (given >= at && !acted) {
      acted = true;
      act.run();
    }
    if (given == length) {
      drained = true;
      return -1;
    }
    int now = (int) Math.min(wanted, Math.min(length - given, acted ? wanted : at - given));
    java.util.Arrays.fill(into, offset, offset + now, (byte) 0);
    given += now;
    return now;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** What happens in the middle. */
  interface Act {
    void run() throws IOException;
  }
}
