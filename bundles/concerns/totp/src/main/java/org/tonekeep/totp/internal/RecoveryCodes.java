package org.tonekeep.totp.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Codes for the day when the phone is lost: 128 random bits, so that a plain hash is enough to keep
 * (ASVS 5.0, 6.5.2). Written in Crockford's base32, which has no letters that look like digits, in
 * groups of five.
 */
final class RecoveryCodes {
  static final int COUNT = 10;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BYTES = 16;
  private static final int LETTERS = 26; // of 5 bits each; the last has 3 of them
  private static final int GROUP = 5;

  private static final SecureRandom RANDOM = new SecureRandom();

  private RecoveryCodes() {}

  /** New codes, to be shown once. */
  static List<String> next() {
    return Stream.generate(RecoveryCodes::one).limit(COUNT).toList();
  }

  private static String one() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LETTERS; i++) {
      if (i > 0 && i % GROUP == 0) {
        code.append('-');
      }
      code.append(ALPHABET.charAt(five(bytes, i * 5)));
    }
    return code.toString();
  }

  /** Five bits from a place on; beyond the end they are 0. */
  private static int five(byte[] bytes, int place) {
    int value = 0;
    for (int bit = place; bit < place + 5; bit++) {
      int set = bit < BYTES * 8 ? (bytes[bit / 8] >> (7 - bit % 8)) & 1 : 0;
      value = (value << 1) | set;
    }
    return value;
  }

  /**
   * What is kept of a code, however it is typed: blanks, hyphens and case do not matter, and
   * letters that are read wrongly count as what they look like. Empty when it cannot be one.
   */
  static Optional<String> hash(String typed) {
    String plain =
        typed
            .replaceAll("[\\s-]", "")
            .toUpperCase(Locale.ROOT)
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    if (plain.length() != LETTERS || !plain.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(plain.getBytes(US_ASCII))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
