package org.tonekeep.uploads.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.tonekeep.rest.api.ProblemException;

/** What the bytes of one request must hash to: {@code Upload-Checksum} (tus 1.0.0, Checksum). */
public final class Checksum {
  /** The algorithms by their names in tus, as {@code Tus-Checksum-Algorithm} lists them. */
  public static final String ALGORITHMS = "sha1,sha256";

  private static final Map<String, String> NAMES = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

  private final MessageDigest digest;
  private final byte[] expected;

  private Checksum(MessageDigest digest, byte[] expected) {
    this.digest = digest;
    this.expected = expected;
  }

  /**
   * Reads the header.
   *
   * @throws ProblemException 400 {@code bad-checksum} when it is malformed or of an algorithm that
   *     is not known
   */
  public static Checksum parse(String header) {
    String[] words = header.strip().split(" ", -1);
    String name = NAMES.get(words[0]);
    if (words.length != 2 || name == null) {
      throw bad();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      byte[] expected = Base64.getDecoder().decode(words[1]);
      if (expected.length != digest.getDigestLength()) {
        throw bad();
      }
      return new Checksum(digest, expected);
    } catch (IllegalArgumentException e) {
      ProblemException bad = bad();
      bad.initCause(e);
      throw bad;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + name, e);
    }
  }

  void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /** Ends the hash. */
  boolean matches() {
    return MessageDigest.isEqual(expected, digest.digest());
  }

  private static ProblemException bad() {
    return ProblemException.of(
        400, "bad-checksum", "Bad checksum", "Send Upload-Checksum: sha1 or sha256, and Base64");
  }
}
