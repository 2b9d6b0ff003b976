package org.tonekeep.vault.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast background work reads: so many bytes a second, counted over all its streams, in slices
 * of a tenth of a second. Of one thread.
 */
final class Pace {
  private static final int SLICES = 10;

  private final long perSlice;
  private final LongSupplier ticks;
  private final Runnable beat;
  private long sliceEnds;
  private long left;

  /**
   * @param bytesPerSecond at least 10
   * @param ticks nanoseconds, see {@link System#nanoTime}
   * @param beat called at every read; what it throws ends the stream
   */
  Pace(long bytesPerSecond, LongSupplier ticks, Runnable beat) {
    this.perSlice = Math.max(1, bytesPerSecond / SLICES);
    this.ticks = ticks;
    this.beat = beat;
    this.sliceEnds = ticks.getAsLong();
  }

  /** The same bytes, no faster. */
  InputStream over(InputStream source) {
    return new FilterInputStream(source) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        beat.run();
        int read = in.read(into, offset, (int) Math.min(length, allowed()));
        left -= Math.max(0, read);
        return read;
      }

      @Override
      public long skip(long count) {
        throw new UnsupportedOperationException("Every byte is read");
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  private long allowed() throws InterruptedIOException {
    while (left <= 0) {
      long wait = sliceEnds - ticks.getAsLong();
      if (wait > 0) {
        rest(wait);
      } else {
        // What was not used is lost: after a pause nothing is made up for.
        sliceEnds = ticks.getAsLong() + TimeUnit.SECONDS.toNanos(1) / SLICES;
        left = perSlice;
      }
    }
    return left;
  }

  private static void rest(long nanos) throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException ended = new InterruptedIOException("The work is to stop");
      ended.initCause(e);
      throw ended;
    }
  }
}
