package org.tonekeep.persistence.api;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes UUIDv7 ids (RFC 9562 section 5.7): sortable by millisecond, 74 random bits. */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** A new id in its 36-character form. */
  public static String next(Clock clock) {
    long high = RANDOM.nextLong();
    long low = RANDOM.nextLong();
    long time = clock.millis();
    long most = (time << 16) | 0x7000L | (high & 0x0FFFL);
    long least = (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(most, least).toString();
  }
}
