package org.tonekeep.crypto.internal;

import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.tenant.api.TenantId;

/**
 * A key under another key. As bytes: {@code 1 || version of the wrapping key(4) || created, epoch
 * milliseconds(8) || AES-256-GCM of the key}; everything in front of the ciphertext and whose key
 * it is are authenticated.
 */
final class WrappedKey {
  private static final byte FORMAT = 1;
  private static final int VERSION = 1;
  private static final int HEADER = 1 + 4 + 8;
  private static final int MOST = 200;

  private final byte[] bytes;

  private WrappedKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws BrokenSealException when these are no wrapped key's bytes
   */
  static WrappedKey of(byte[] bytes) {
    if (bytes.length <= HEADER || bytes.length > MOST || bytes[0] != FORMAT) {
      throw new BrokenSealException();
    }
    return new WrappedKey(bytes.clone());
  }

  /**
   * Wraps a key.
   *
   * @param owner the owner's id, or nothing for the tenant's own key
   */
  static WrappedKey wrap(
      SecretKey by, TenantId tenant, String owner, long createdMillis, byte[] key) {
    byte[] body = Gcm.seal(by, about(tenant, owner, VERSION, createdMillis), key);
    return new WrappedKey(
        ByteBuffer.allocate(HEADER + body.length)
            .put(FORMAT)
            .putInt(VERSION)
            .putLong(createdMillis)
            .put(body)
            .array());
  }

  /**
   * The key inside.
   *
   * @throws BrokenSealException when it was altered, or is another owner's or tenant's
   */
  byte[] unwrap(SecretKey by, TenantId tenant, String owner) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    int version = in.getInt();
    long created = in.getLong();
    byte[] body = new byte[in.remaining()];
    in.get(body);
    byte[] key = Gcm.open(by, about(tenant, owner, version, created), body);
    if (key.length != Gcm.KEY) {
      throw new BrokenSealException();
    }
    return key;
  }

  long createdMillis() {
    return ByteBuffer.wrap(bytes).getLong(1 + 4);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  private static byte[] about(TenantId tenant, String owner, int version, long created) {
    return Gcm.about(
        owner.isEmpty() ? "tenant key" : "owner key",
        tenant.value(),
        owner,
        Integer.toString(version),
        Long.toString(created));
  }
}
