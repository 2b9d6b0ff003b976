package org.tonekeep.storage.memory.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.StorageFullException;

/** The bytes of one blob, in pieces that never change. */
record Chunks(BlobStat stat, List<byte[]> pieces) {
  private static final int PIECE = 1 << 16;

  long length() {
    return stat.length();
  }

  /** Reads a source to its end; what it takes is counted in {@code used}, unless it fails. */
  static Chunks read(BlobKey key, InputStream source, AtomicLong used, long room, Clock clock)
      throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    byte[] buffer = new byte[PIECE];
    long length = 0;
    boolean whole = false;
    try {
      for (int n = source.readNBytes(buffer, 0, PIECE);
          n > 0;
          n = source.readNBytes(buffer, 0, PIECE)) {
        length += n;
        if (used.addAndGet(n) > room) {
          throw new StorageFullException();
        }
        pieces.add(Arrays.copyOf(buffer, n));
      }
      whole = true;
    } finally {
      if (!whole) {
        used.addAndGet(-length);
      }
    }
    BlobStat stat = new BlobStat(key, length, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return new Chunks(stat, List.copyOf(pieces));
  }

  InputStream open(long offset, long wanted) {
    if (offset < 0 || offset > length() || wanted < 0) {
      throw new IllegalArgumentException("An offset is 0 to the length, a length 0 or more");
    }
    return new Reader(offset, offset + Math.min(wanted, length() - offset));
  }

  private final class Reader extends InputStream {
    private final long end;
    private long position;

    Reader(long position, long end) {
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
      if (wanted == 0) {
        return 0;
      }
      if (position >= end) {
        return -1;
      }
      byte[] piece = pieces.get((int) (position / PIECE));
      int from = (int) (position % PIECE);
      int now = (int) Math.min(Math.min(wanted, piece.length - from), end - position);
      System.arraycopy(piece, from, into, offset, now);
      position += now;
      return now;
    }
  }
}
