package org.tonekeep.itests.blackbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An app on a phone that shows codes (RFC 6238), written apart from ours. */
final class AuthenticatorApp {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] key;

  /** Takes the key as it is typed, in groups. */
  AuthenticatorApp(String typed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (char letter : typed.replace(" ", "").toCharArray()) {
      buffer = buffer << 5 | ALPHABET.indexOf(letter);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
      buffer &= (1 << bits) - 1;
    }
    key = bytes.toByteArray();
  }

  /** The code of this moment. */
  String code() throws GeneralSecurityException {
    return code(0);
  }

  /** The code of the next half minute, which a server takes from a clock that is ahead. */
  String nextCode() throws GeneralSecurityException {
    return code(1);
  }

  private String code(int later) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key, "HmacSHA1"));
    long step = System.currentTimeMillis() / 30_000 + later;
    byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
    int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & Integer.MAX_VALUE;
    return "%06d".formatted(number % 1_000_000);
  }
}
