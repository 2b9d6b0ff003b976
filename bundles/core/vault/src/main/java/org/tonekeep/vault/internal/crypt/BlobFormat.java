package org.tonekeep.vault.internal.crypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.storage.api.BlobKey;

/**
 * Where what lies in an encrypted blob: {@code 1 || data key under the owner's key(61) || Tink
 * ciphertext}. The latter is Tink's AES-GCM-HKDF streaming AEAD (HKDF-SHA-256, AES-256-GCM,
 * ciphertext segments of 16 KiB): {@code 40 || salt(32) || nonce prefix(7)}, then the segments,
 * each with a tag of 16 bytes, the first one shorter by Tink's header; the nonce of each holds its
 * number and whether it is the last. The associated data are length-prefixed tenant, owner, kind,
 * id and the format.
 */
final class BlobFormat {
  /** The only format; another one is refused, not guessed at. */
  static final byte FORMAT = 1;

  static final int DATA_KEY = 32;
  static final int WRAPPED = DATA_KEY + OwnerKeys.OVERHEAD;

  /** What stands in front of Tink's ciphertext. */
  static final int PREFIX = 1 + WRAPPED;

  static final int TINK_HEADER = 1 + 32 + 7;
  static final int TAG = 16;

  /** Everything in front of the first segment. */
  static final int HEADER = PREFIX + TINK_HEADER;

  /** A ciphertext segment: small, so that AES-GCM is compiled soon and a range costs little. */
  static final int SEGMENT = 16 << 10;

  static final int PLAIN = SEGMENT - TAG;
  static final int FIRST_PLAIN = PLAIN - TINK_HEADER;

  /** More plain bytes than a blob can have: Tink numbers segments with 31 bits. */
  static final long MOST = 1L << 46;

  private BlobFormat() {}

  /** Number of the segment that holds the plain byte at the offset. */
  static long segment(long offset) {
    return offset < FIRST_PLAIN ? 0 : 1 + (offset - FIRST_PLAIN) / PLAIN;
  }

  /** Offset of the segment's first plain byte. */
  static long plainStart(long segment) {
    return segment == 0 ? 0 : FIRST_PLAIN + (segment - 1) * PLAIN;
  }

  /** Offset of the segment's first stored byte. */
  static long storedStart(long segment) {
    return segment == 0 ? HEADER : PREFIX + segment * SEGMENT;
  }

  /** Length of a whole ciphertext segment. */
  static int storedLength(long segment) {
    return segment == 0 ? SEGMENT - TINK_HEADER : SEGMENT;
  }

  /** Plain length of so many stored bytes; 0 when these are too few to be a blob. */
  static long plainLength(long stored) {
    long body = stored - PREFIX;
    long segments = (body + SEGMENT - 1) / SEGMENT;
    return Math.max(0, body - TINK_HEADER - segments * TAG);
  }

  /** What is authenticated beside the bytes: a blob that lies elsewhere does not open. */
  static byte[] about(BlobKey key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    for (String part :
        new String[] {
          key.tenant().value(), key.owner(), key.kind(), key.id(), Integer.toString(FORMAT)
        }) {
      byte[] text = part.getBytes(UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(text.length).array());
      bytes.writeBytes(text);
    }
    return bytes.toByteArray();
  }

  /** Where the data key stands, for {@link OwnerKeys}; tenant and owner are bound there anyway. */
  static String use(BlobKey key) {
    return "blob." + FORMAT + "/" + key.kind() + "/" + key.id();
  }
}
