package org.tonekeep.crypto.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.tenant.api.TenantId;

/**
 * A key under another key. As bytes: {@code 1 || version of the wrapping key(4) || created, epoch
 * milliseconds(8) || AES-256-GCM of the key}; everything in front of the ciphertext and whose key
 * it is are authenticated.
 */
final class WrappedKey {
  private static final byte FORMAT = 1;

  /** Version of what wraps tenants' keys: there is one root key. */
  private static final int ROOT = 1;

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

  /** Wraps a version of the tenant's key by the root's. */
  static WrappedKey ofTenant(
      SecretKey root, TenantId tenant, int version, long createdMillis, byte[] key) {
    return wrap(root, ROOT, createdMillis, tenantKey(tenant, version), key);
  }

  /**
   * Wraps an owner's key.
   *
   * @param version of the tenant's key, by which it is wrapped
   */
  static WrappedKey ofOwner(
      SecretKey by, int version, TenantId tenant, String owner, long createdMillis, byte[] key) {
    return wrap(by, version, createdMillis, ownerKey(tenant, owner), key);
  }

  private static WrappedKey wrap(
      SecretKey by, int version, long createdMillis, String[] whose, byte[] key) {
    byte[] body = Gcm.seal(by, about(whose, version, createdMillis), key);
    return new WrappedKey(
        ByteBuffer.allocate(HEADER + body.length)
            .put(FORMAT)
            .putInt(version)
            .putLong(createdMillis)
            .put(body)
            .array());
  }

  /**
   * The version of the tenant's key inside.
   *
   * @throws BrokenSealException when it was altered, or is another version or another tenant's
   */
  byte[] tenantKey(SecretKey root, TenantId tenant, int version) {
    return unwrap(root, tenantKey(tenant, version));
  }

  /**
   * The owner's key inside.
   *
   * @param by the version {@link #version} of the tenant's key
   * @throws BrokenSealException when it was altered, or is another owner's or tenant's
   */
  byte[] ownerKey(SecretKey by, TenantId tenant, String owner) {
    return unwrap(by, ownerKey(tenant, owner));
  }

  private byte[] unwrap(SecretKey by, String[] whose) {
    byte[] body = Arrays.copyOfRange(bytes, HEADER, bytes.length);
    byte[] key = Gcm.open(by, about(whose, version(), createdMillis()), body);
    if (key.length != Gcm.KEY) {
      throw new BrokenSealException();
    }
    return key;
  }

  /** Version of the key that wraps this one. */
  int version() {
    return ByteBuffer.wrap(bytes).getInt(1);
  }

  long createdMillis() {
    return ByteBuffer.wrap(bytes).getLong(1 + 4);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  private static String[] tenantKey(TenantId tenant, int version) {
    return new String[] {"tenant key", tenant.value(), version == 1 ? "" : "." + version};
  }

  private static String[] ownerKey(TenantId tenant, String owner) {
    return new String[] {"owner key", tenant.value(), owner};
  }

  private static byte[] about(String[] whose, int version, long created) {
    return Gcm.about(
        whose[0], whose[1], whose[2], Integer.toString(version), Long.toString(created));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WrappedKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
