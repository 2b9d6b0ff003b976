package org.tonekeep.rest.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an account's {@code Idempotency-Key}.
 *
 * @param fingerprint which request it was, as a hash
 * @param claim who does it or did it
 * @param leaseUntil when whoever does it is believed dead
 * @param status of the answer; {@link #PENDING} while there is none
 * @param location of what was made, if the answer said so
 */
record KeyRow(
    String key,
    String fingerprint,
    String claim,
    Instant leaseUntil,
    int status,
    @Nullable String location,
    Instant createdAt) {
  static final int PENDING = 0;

  boolean pending() {
    return status == PENDING;
  }
}
