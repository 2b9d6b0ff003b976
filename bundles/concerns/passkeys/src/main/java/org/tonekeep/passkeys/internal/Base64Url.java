package org.tonekeep.passkeys.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes as WebAuthn's JSON has them: base64url without padding (RFC 4648 section 5). */
final class Base64Url {
  private Base64Url() {}

  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes; empty when the text is none, or there are too many, or none at all. */
  static Optional<byte[]> bytes(@Nullable String text, int most) {
    if (text == null || text.isEmpty() || text.length() > most / 3 * 4 + 4) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length > most ? Optional.empty() : Optional.of(bytes);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // hostile input is no event
    }
  }

  /** SHA-256 in 64 hexadecimal digits. */
  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
