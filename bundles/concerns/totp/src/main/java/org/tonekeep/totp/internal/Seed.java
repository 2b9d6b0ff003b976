package org.tonekeep.totp.internal;

import java.time.Instant;
import javax.crypto.SecretKey;

/**
 * What is kept of an authenticator app.
 *
 * @param key the seed itself
 * @param confirmed whether a first code was typed; before that it does not count
 * @param lastStep step of the last code that was taken
 * @param failures wrong codes in a row since the last good one, as far as the database knows
 * @param lastTry when the last of these, or the last good one, was typed
 */
public record Seed(
    SecretKey key,
    boolean confirmed,
    long lastStep,
    int failures,
    Instant lastTry,
    Instant createdAt) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "Seed";
  }
}
