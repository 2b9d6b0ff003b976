package org.tonekeep.vault.internal.crypt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.vault.internal.crypt.Sealed.ALICE;
import static org.tonekeep.vault.internal.crypt.Sealed.OWNER;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;

/**
 * Reads the format a second time, from its description (Tink's "AES-GCM-HKDF-STREAMING", RFC 5869,
 * NIST SP 800-38D), with nothing of Tink and of the code under test: also the numbers are its own.
 */
public final class IndependentDecryptionTest {
  private final Sealed sealed = new Sealed();

  @Test
  public void shouldAgreeWithASecondImplementation() throws IOException, GeneralSecurityException {
    int number = 10;
    for (int length : new int[] {0, 1, 16_328, 16_329, 32_696, 32_697, 40_960, 500_000}) {
      BlobKey key = Sealed.key(ALICE, OWNER, number++);
      byte[] plain = Sealed.bytes(length, length);
      assertThat(decrypted(key, sealed.put(key, plain))).isEqualTo(plain);
    }
  }

  private byte[] decrypted(BlobKey key, byte[] raw) throws GeneralSecurityException {
    assertThat(raw[0]).isEqualTo((byte) 1);
    byte[] wrapped = Arrays.copyOfRange(raw, 1, 62);
    byte[] dataKey = sealed.keys.open(ALICE, OWNER, "blob.1/original/" + key.id(), wrapped);
    assertThat(dataKey).hasSize(32);
    assertThat(raw[62]).isEqualTo((byte) 40);
    byte[] salt = Arrays.copyOfRange(raw, 63, 95);
    byte[] prefix = Arrays.copyOfRange(raw, 95, 102);
    SecretKeySpec segmentKey = new SecretKeySpec(hkdf(dataKey, salt, about(key)), "AES");
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    int at = 102;
    for (int number = 0; number == 0 || at < raw.length; number++) {
      int end = Math.min(raw.length, 62 + (number + 1) * 16_384);
      byte[] nonce =
          ByteBuffer.allocate(12)
              .put(prefix)
              .putInt(number)
              .put((byte) (end == raw.length ? 1 : 0))
              .array();
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, segmentKey, new GCMParameterSpec(128, nonce));
      plain.writeBytes(cipher.doFinal(raw, at, end - at));
      at = end;
    }
    return plain.toByteArray();
  }

  private static byte[] about(BlobKey key) {
    ByteBuffer about = ByteBuffer.allocate(1000);
    for (String part :
        new String[] {key.tenant().value(), key.owner(), key.kind(), key.id(), "1"}) {
      about.putInt(part.length()).put(part.getBytes(UTF_8));
    }
    return Arrays.copyOf(about.array(), about.position());
  }

  /** RFC 5869 with SHA-256, for one block. */
  private static byte[] hkdf(byte[] key, byte[] salt, byte[] info) throws GeneralSecurityException {
    byte[] pseudoRandom = hmac(salt, key);
    byte[] block = Arrays.copyOf(info, info.length + 1);
    block[info.length] = 1;
    return hmac(pseudoRandom, block);
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }
}
