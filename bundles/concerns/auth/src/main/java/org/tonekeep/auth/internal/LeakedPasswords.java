package org.tonekeep.auth.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passwords that thieves try first: {@value #SOURCE}, the 190,000 most frequent of at least
 * eight characters in public leaks, as the first five bytes of their SHA-256 in order, and a short
 * list of our own. One unlucky password in five million is taken for one of them. No network.
 */
final class LeakedPasswords {
  /** How many bytes of a digest are kept. */
  static final int WIDTH = 5;

  private static final String SOURCE = "leaked-passwords.bin";

  private final byte[] digests = bytes();
  private final Set<String> own = own();

  /** Whether the password is one of them, whatever the case of its letters. */
  boolean contain(String password) {
    String folded = password.toLowerCase(Locale.ROOT);
    if (own.contains(folded)) {
      return true;
    }
    byte[] wanted = digest(folded);
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int from = middle * WIDTH;
      int order = Arrays.compareUnsigned(digests, from, from + WIDTH, wanted, 0, WIDTH);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  /** How many there are. */
  int size() {
    return digests.length / WIDTH;
  }

  /** The digest of a password in lower case; {@link #WIDTH} bytes of it count. */
  static byte[] digest(String folded) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(folded.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes() {
    try (InputStream in = LeakedPasswords.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The list of leaked passwords is not in the bundle");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> own() {
    try (InputStream in = LeakedPasswords.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("The list of common passwords is not in the bundle");
      }
      try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(Collectors.toUnmodifiableSet());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
