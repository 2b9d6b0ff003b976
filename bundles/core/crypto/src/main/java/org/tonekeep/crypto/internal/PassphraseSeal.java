package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.tonekeep.crypto.api.BrokenSealException;

/**
 * Bytes under a passphrase: {@code "tonekey" || 1 || memory in KiB(4) || passes(4) || lanes(4) ||
 * salt(16) || AES-256-GCM}, the key by Argon2id (RFC 9106). The strength is written in front, so
 * that it can rise without a new format.
 */
final class PassphraseSeal {
  /** Fewer characters are guessed by a machine that has the file. */
  static final int SHORTEST = 12;

  private static final byte[] MAGIC = "tonekey\1".getBytes(UTF_8);
  private static final int SALT = 16;
  private static final int HEADER = MAGIC.length + 3 * Integer.BYTES + SALT;

  // The second recommended option of RFC 9106, section 4: 64 MiB.
  private static final int MEMORY_KIB = 1 << 16;
  private static final int PASSES = 3;
  private static final int LANES = 4;

  // What a foreign file may make us spend.
  private static final int MOST_MEMORY_KIB = 1 << 18;
  private static final int MOST_PASSES = 16;
  private static final int MOST_LANES = 16;

  private PassphraseSeal() {}

  /**
   * Seals.
   *
   * @param what the kind of content: one kind does not open as another
   * @throws IllegalArgumentException when the passphrase is shorter than {@value #SHORTEST}
   */
  static byte[] seal(String what, char[] passphrase, byte[] plain) {
    if (passphrase.length < SHORTEST) {
      throw new IllegalArgumentException(
          "A passphrase has at least " + SHORTEST + " characters: four random words will do");
    }
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    byte[] header =
        ByteBuffer.allocate(HEADER)
            .put(MAGIC)
            .putInt(MEMORY_KIB)
            .putInt(PASSES)
            .putInt(LANES)
            .put(salt)
            .array();
    byte[] body = Gcm.seal(key(passphrase, header), about(what, header), plain);
    return ByteBuffer.allocate(HEADER + body.length).put(header).put(body).array();
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws BrokenSealException when the passphrase is another or the bytes were altered
   */
  static byte[] open(String what, char[] passphrase, byte[] sealed) {
    if (sealed.length < HEADER || !Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new BrokenSealException();
    }
    byte[] header = Arrays.copyOf(sealed, HEADER);
    byte[] body = Arrays.copyOfRange(sealed, HEADER, sealed.length);
    return Gcm.open(key(passphrase, header), about(what, header), body);
  }

  private static byte[] about(String what, byte[] header) {
    byte[] kind = Gcm.about("passphrase", what);
    return ByteBuffer.allocate(kind.length + header.length).put(kind).put(header).array();
  }

  private static SecretKey key(char[] passphrase, byte[] header) {
    ByteBuffer in = ByteBuffer.wrap(header, MAGIC.length, HEADER - MAGIC.length);
    int memory = bounded(in.getInt(), MOST_MEMORY_KIB);
    int passes = bounded(in.getInt(), MOST_PASSES);
    int lanes = bounded(in.getInt(), MOST_LANES);
    byte[] salt = new byte[SALT];
    in.get(salt);
    ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(passphrase));
    byte[] words = new byte[encoded.remaining()];
    encoded.get(words);
    byte[] key = new byte[Gcm.KEY];
    try {
      Argon2BytesGenerator argon = new Argon2BytesGenerator();
      argon.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memory)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      int written = argon.generateBytes(words, key);
      assert written == key.length;
      return Gcm.key(key);
    } finally {
      Arrays.fill(words, (byte) 0);
      ByteBuffer unused = encoded.clear().put(new byte[encoded.capacity()]);
      Arrays.fill(key, (byte) 0);
    }
  }

  private static int bounded(int found, int most) {
    if (found < 1 || found > most) {
      throw new BrokenSealException();
    }
    return found;
  }
}
