package org.tonekeep.testing.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition, never for a time. */
final class Until {
  private static final long STEP = Duration.ofMillis(10).toNanos();

  private Until() {}

  /**
   * Waits until the condition holds.
   *
   * @return the seconds that it took
   * @throws IllegalStateException when it does not hold within the patience
   */
  static double holds(String what, Duration patience, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new IllegalStateException(what + ": not within " + patience.toSeconds() + " s");
      }
      LockSupport.parkNanos(STEP);
    }
    return seconds(start);
  }

  /** The seconds since a {@link System#nanoTime}. */
  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
