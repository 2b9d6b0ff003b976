package org.tonekeep.rest.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.tonekeep.rest.api.ProblemException;

/**
 * How fast a body must come. A reader's thread is held while it waits, and one byte resets the
 * connection's idle time: without a pace a few hundred dripping senders would hold every thread.
 */
final class Pace {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final long LEAST_BYTES_PER_SECOND = 1024;

  private final LongSupplier nanoTime;
  private final Duration longest;
  private long begun = -1;
  private long bytes;

  private Pace(LongSupplier nanoTime, Duration longest) {
    this.nanoTime = nanoTime;
    this.longest = longest;
  }

  /** For JSON: all of it within a minute, and no slower than an upload. */
  static Pace ofJson(LongSupplier nanoTime) {
    return new Pace(nanoTime, Duration.ofMinutes(1));
  }

  /** For uploads: after 20 s at least 1 KiB/s on average, for as long as it takes. */
  static Pace ofUpload(LongSupplier nanoTime) {
    return new Pace(nanoTime, Duration.ofNanos(Long.MAX_VALUE));
  }

  /** The first read begins: what the server did before is not the sender's time. */
  void reading() {
    if (begun < 0) {
      begun = nanoTime.getAsLong();
    }
  }

  /**
   * @param count bytes that a read brought
   * @throws ProblemException 408 {@code too-slow}
   */
  void arrived(int count) {
    bytes += count;
    Duration taken = Duration.ofNanos(nanoTime.getAsLong() - begun);
    boolean late = taken.compareTo(longest) > 0;
    boolean slow = taken.compareTo(GRACE) > 0 && bytes < taken.toSeconds() * LEAST_BYTES_PER_SECOND;
    if (late || slow) {
      throw ProblemException.of(
              408, "too-slow", "Too slow", "The body came in too slowly; try again")
          .withHeader("Connection", "close");
    }
  }
}
