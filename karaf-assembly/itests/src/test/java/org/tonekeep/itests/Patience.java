package org.tonekeep.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits on conditions, never on clocks: the limit only ends a test that would hang. */
public final class Patience {
  private static final long LIMIT = Duration.ofMinutes(3).toNanos();

  private Patience() {}

  public static void until(String what, Callable<Boolean> condition) throws Exception {
    untilSatisfied(what, () -> condition.call() ? "" : "it is not so");
  }

  /** Waits until there is nothing to complain about any more; the failure tells the last. */
  public static void untilSatisfied(String what, Callable<String> complaint) throws Exception {
    long start = System.nanoTime();
    for (String last = complaint.call(); !last.isEmpty(); last = complaint.call()) {
      if (System.nanoTime() - start > LIMIT) {
        throw new AssertionError("Waited in vain until " + what + ": " + last);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
