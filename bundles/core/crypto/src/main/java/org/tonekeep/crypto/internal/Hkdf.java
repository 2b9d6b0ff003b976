package org.tonekeep.crypto.internal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256 (RFC 5869). */
final class Hkdf {
  static final String HMAC = "HmacSHA256";
  static final int HASH = 32;

  private Hkdf() {}

  /** HKDF-Extract; an empty salt means 32 zero bytes. */
  static byte[] extract(byte[] salt, byte[] input) {
    return hmac(salt.length == 0 ? new byte[HASH] : salt).doFinal(input);
  }

  /**
   * HKDF-Expand.
   *
   * @param length 1 to 8160 bytes
   */
  static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
    if (length < 1 || length > 255 * HASH) {
      throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes");
    }
    Mac mac = hmac(pseudoRandomKey);
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < length; done += HASH, counter++) {
      mac.update(block);
      mac.update(info);
      block = mac.doFinal(new byte[] {(byte) counter});
      System.arraycopy(block, 0, output, done, Math.min(HASH, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  /** HMAC-SHA-256 under a key of at least one byte. */
  static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
