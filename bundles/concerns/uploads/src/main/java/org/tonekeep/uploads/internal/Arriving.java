package org.tonekeep.uploads.internal;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a request, piece by piece. A connection that breaks ends it like a body that is over:
 * what came before is kept (tus 1.0.0: the server should always try to store as much as possible).
 */
public final class Arriving {
  private static final Logger LOG = LoggerFactory.getLogger(Arriving.class);

  private final InputStream source;
  private final Turns.Turn turn;
  private final @Nullable Checksum checksum;
  private final byte[] ahead = new byte[1];
  private int waiting;
  private boolean ended;
  private boolean broken;
  private boolean takenOver;

  public Arriving(InputStream source, Turns.Turn turn, @Nullable Checksum checksum) {
    this.source = source;
    this.turn = turn;
    this.checksum = checksum;
  }

  @Nullable Checksum checksum() {
    return checksum;
  }

  /** Whether it ended before its end. */
  boolean isBroken() {
    return broken;
  }

  /** Whether it ended because another request wants to go on with the upload. */
  boolean isTakenOver() {
    return takenOver;
  }

  /** Whether there is more; waits for it. */
  boolean hasMore() {
    if (waiting == 0 && !ended) {
      waiting = Math.max(0, fetch(ahead, 0, 1));
    }
    return waiting > 0;
  }

  /** The next bytes, at most so many; not closed. */
  InputStream piece(long most) {
    return new Piece(most);
  }

  private int fetch(byte[] into, int offset, int length) {
    int count = -1;
    try {
      count = turn.read(source, into, offset, length);
      takenOver = count == Turns.Turn.TAKEN;
      broken |= takenOver;
    } catch (IOException e) {
      LOG.debug("An upload was broken off", e);
      broken = true;
    }
    if (count < 0) {
      ended = true;
    } else if (checksum != null) {
      checksum.update(into, offset, count);
    }
    return Math.max(-1, count);
  }

  private final class Piece extends InputStream {
    private long left;

    Piece(long most) {
      this.left = most;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (left == 0 || (ended && waiting == 0)) {
        return -1;
      }
      int count;
      if (waiting > 0) {
        into[offset] = ahead[0];
        waiting = 0;
        count = 1;
      } else {
        count = fetch(into, offset, (int) Math.min(length, left));
      }
      left -= Math.max(0, count);
      return count;
    }
  }
}
