package org.tonekeep.totp.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.SecretKey;

/**
 * Codes of RFC 6238: HMAC-SHA-1, 6 digits, steps of 30 seconds, the only kind that every
 * authenticator app has. A code of the step before or after counts too, for clocks that differ.
 */
public final class TotpCodes {
  private static final int SEED_BYTES = 20; // RFC 4226 section 4, R6 recommends 160 bits
  private static final int DIGITS = 6;
  private static final int STEP_SECONDS = 30;
  private static final int DRIFT = 1;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648 section 6

  private static final SecureRandom RANDOM = new SecureRandom();

  private TotpCodes() {}

  /** A new seed. */
  static byte[] newSeed() {
    byte[] seed = new byte[SEED_BYTES];
    RANDOM.nextBytes(seed);
    return seed;
  }

  static long step(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
  }

  /** The code of a step. */
  static String code(SecretKey seed, long step) {
    try {
      return new HmacOneTimePasswordGenerator(DIGITS)
          .generateOneTimePasswordString(seed, step, Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("A seed is a key", e);
    }
  }

  /**
   * The step whose code it is, among those around now that come after the last one that was taken.
   * All are compared, each in constant time.
   */
  static OptionalLong match(SecretKey seed, String code, Instant now, long lastStep) {
    byte[] given = code.getBytes(US_ASCII);
    OptionalLong found = OptionalLong.empty();
    for (long step = step(now) - DRIFT; step <= step(now) + DRIFT; step++) {
      boolean same = MessageDigest.isEqual(code(seed, step).getBytes(US_ASCII), given);
      if (same && step > lastStep && found.isEmpty()) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** RFC 4648 base32 without padding, as authenticator apps take it. */
  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      held = (held << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((held >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((held << (5 - bits)) & 31));
    }
    return text.toString();
  }
}
