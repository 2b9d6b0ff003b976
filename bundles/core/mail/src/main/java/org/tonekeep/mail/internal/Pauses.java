package org.tonekeep.mail.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** How long a letter waits after a try: 5 s, three times as long each time, at most 1 h, ± 20 %. */
final class Pauses {
  private static final long FIRST_MILLIS = 5_000;
  private static final long MOST_MILLIS = Duration.ofHours(1).toMillis();
  private static final int STEPS = 7;

  /** After this a letter has failed. */
  static final Duration PATIENCE = Duration.ofDays(3);

  private Pauses() {}

  /**
   * @param tries how often it was tried, from 1
   */
  static Duration after(int tries, RandomGenerator random) {
    double plain = FIRST_MILLIS * Math.pow(3, Math.min(tries - 1, STEPS));
    return Duration.ofMillis(
        (long) (Math.min(plain, (double) MOST_MILLIS) * (0.8 + 0.4 * random.nextDouble())));
  }

  static boolean over(Instant createdAt, Instant now) {
    return !now.isBefore(createdAt.plus(PATIENCE));
  }
}
