package org.tonekeep.jobs.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a job waits after a failed attempt: 1 s, doubling, at most 10 min, ± 20 %. */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long MOST_MILLIS = Duration.ofMinutes(10).toMillis();

  private Backoff() {}

  /**
   * @param attempt the attempt that failed, from 1
   */
  static Duration after(int attempt, RandomGenerator random) {
    long plain = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 20));
    return Duration.ofMillis((long) (plain * (0.8 + 0.4 * random.nextDouble())));
  }
}
