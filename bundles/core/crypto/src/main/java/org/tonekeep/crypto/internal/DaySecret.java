package org.tonekeep.crypto.internal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tonekeep.crypto.api.DailySecret;

/**
 * The secret of the day, in memory while the day lasts. Whoever comes first after midnight, a call
 * or {@link #tick}, destroys yesterday's. Thread-safe.
 */
final class DaySecret implements DailySecret {
  private final Days days;
  private final Clock clock;
  private @Nullable LocalDate day;
  private byte[] secret = new byte[0];

  DaySecret(Days days, Clock clock) {
    this.days = days;
    this.clock = clock;
  }

  @Override
  public synchronized byte[] mac(byte[] message) {
    LocalDate now = tick();
    if (secret.length == 0) {
      secret = days.of(now);
    }
    return Hkdf.hmac(secret).doFinal(message);
  }

  @Override
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /**
   * Destroys what is not today's, in memory first.
   *
   * @return today
   */
  synchronized LocalDate tick() {
    LocalDate now = today();
    if (!now.equals(day)) {
      forget();
      days.destroyOthers(now);
      day = now;
    }
    return now;
  }

  /** Takes over what other nodes use, should the place have lost the secret meanwhile. */
  synchronized void refresh() {
    if (secret.length > 0 && tick().equals(day)) {
      byte[] shared = days.of(today());
      Arrays.fill(secret, (byte) 0);
      secret = shared;
    }
  }

  /** Takes the secret out of memory. */
  synchronized void forget() {
    Arrays.fill(secret, (byte) 0);
    secret = new byte[0];
    day = null;
  }
}
