package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.tonekeep.crypto.api.BrokenSealException;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce: {@code 1 || nonce(12) || ciphertext ||
 * tag(16)}. The byte in front is the format; another one is refused, not guessed at.
 */
final class Gcm {
  static final int KEY = 32;

  private static final byte FORMAT = 1;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Gcm() {}

  /** 32 random bytes. */
  static byte[] newKey() {
    byte[] key = new byte[KEY];
    RANDOM.nextBytes(key);
    return key;
  }

  static SecretKey key(byte[] bytes) {
    return new SecretKeySpec(bytes, "AES");
  }

  /**
   * What is authenticated beside the plain bytes. Lengths go before the parts, so that no two lists
   * share their bytes.
   */
  static byte[] about(String... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    for (String part : parts) {
      byte[] text = part.getBytes(UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(text.length).array());
      bytes.writeBytes(text);
    }
    return bytes.toByteArray();
  }

  static byte[] seal(SecretKey key, byte[] about, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = new byte[1 + NONCE + plain.length + TAG];
    sealed[0] = FORMAT;
    System.arraycopy(nonce, 0, sealed, 1, NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
      cipher.updateAAD(about);
      int written = cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE);
      assert written == plain.length + TAG;
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  /**
   * @throws BrokenSealException when anything differs from what was sealed
   */
  static byte[] open(SecretKey key, byte[] about, byte[] sealed) {
    if (sealed.length < 1 + NONCE + TAG || sealed[0] != FORMAT) {
      throw new BrokenSealException();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, 1);
      cipher.updateAAD(about);
      return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    } catch (AEADBadTagException e) {
      BrokenSealException broken = new BrokenSealException();
      broken.initCause(e);
      throw broken;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, int at)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce, at, NONCE));
    return cipher;
  }
}
