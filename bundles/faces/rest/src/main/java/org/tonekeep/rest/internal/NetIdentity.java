package org.tonekeep.rest.internal;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * What a tenant keeps of network addresses ({@code net.identity}).
 *
 * @param pseudonym whether a pseudonym of the day may be stored
 * @param raw how long an address itself may live in the memory of a node; zero: for its request
 */
record NetIdentity(boolean pseudonym, Duration raw) {
  static final NetIdentity NONE = new NetIdentity(false, Duration.ZERO);
  private static final NetIdentity DAILY_HASH = new NetIdentity(true, Duration.ZERO);
  private static final String RAW = "raw-ttl:";
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * @throws IllegalArgumentException saying what would be right
   */
  static NetIdentity parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    if (text.equals("daily-hash")) {
      return DAILY_HASH;
    }
    if (!text.startsWith(RAW)) {
      throw new IllegalArgumentException(
          "expected none, daily-hash or raw-ttl:<duration>, such as raw-ttl:PT1H");
    }
    Duration ttl;
    try {
      ttl = Duration.parse(text.substring(RAW.length()));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected raw-ttl:<duration>, such as raw-ttl:PT1H", e);
    }
    if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected raw-ttl: of more than nothing, at most PT24H");
    }
    return new NetIdentity(true, ttl);
  }
}
