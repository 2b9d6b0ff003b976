package org.tonekeep.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.tonekeep.audit.internal.tree.TreeHash;

/**
 * What the tree holds of an entry: 73 bytes, a version (1), the time (epoch milliseconds,
 * big-endian) and two hashes. The first is over the act: SHA-256(salt || length-prefixed id ||
 * length-prefixed action || outcome). The second is over those whom it concerns: SHA-256 of five
 * hashes, one for each part of {@link #PARTS}, each SHA-256(SHA-256(salt || number) || part). So
 * parts can be shown one by one, whoever sees the leaf learns nothing but the time, and once the
 * salts are gone nobody can try out who it was.
 */
final class Leaf {
  static final int LENGTH = 1 + Long.BYTES + 2 * TreeHash.LENGTH;

  /** The private parts, in their order. */
  static final List<String> PARTS = List.of("actor", "subject", "owner", "peer", "facts");

  private static final byte VERSION = 1;
  private static final int ACT_SALT = 16;
  private static final int SALT = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Leaf() {}

  static byte[] newActSalt() {
    return random(ACT_SALT);
  }

  static byte[] newSalt() {
    return random(SALT);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static byte[] of(long time, byte[] act, byte[] people) {
    return ByteBuffer.allocate(LENGTH).put(VERSION).putLong(time).put(act).put(people).array();
  }

  /** When a leaf says that it happened; epoch milliseconds. */
  static long time(byte[] leaf) {
    return ByteBuffer.wrap(leaf).getLong(1);
  }

  /** A leaf's hash over the act. */
  static byte[] act(byte[] leaf) {
    return Arrays.copyOfRange(leaf, 1 + Long.BYTES, LENGTH - TreeHash.LENGTH);
  }

  /** A leaf's hash over the private parts. */
  static byte[] people(byte[] leaf) {
    return Arrays.copyOfRange(leaf, LENGTH - TreeHash.LENGTH, LENGTH);
  }

  static boolean wellFormed(byte[] leaf) {
    return leaf.length == LENGTH && leaf[0] == VERSION;
  }

  static byte[] act(byte[] salt, String id, String action, int success) {
    return TreeHash.sha256(salt, prefixed(id), prefixed(action), new byte[] {(byte) success});
  }

  private static byte[] prefixed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocate(Short.BYTES + bytes.length)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  /** The salt of one private part. */
  static byte[] partSalt(byte[] salt, int number) {
    return TreeHash.sha256(salt, new byte[] {(byte) number});
  }

  static byte[] part(byte[] partSalt, String value) {
    return TreeHash.sha256(partSalt, value.getBytes(UTF_8));
  }

  static byte[] people(List<byte[]> parts) {
    return TreeHash.sha256(parts.toArray(byte[][]::new));
  }

  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * @throws IllegalArgumentException when it is not base64url
   */
  static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
