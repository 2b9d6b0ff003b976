package org.tonekeep.crypto.api;

import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Message authentication under keys that are derived (HKDF-SHA-256, RFC 5869) per tenant and
 * purpose from the installation's root key in {@code TONEKEEP_KEYS}.
 */
@ProviderType
public interface KeyRing {
  /**
   * HMAC-SHA-256 (RFC 2104) of the message.
   *
   * @param purpose separates uses of the key, such as {@code signed-url}
   * @return 32 bytes
   */
  byte[] mac(TenantId tenant, String purpose, byte[] message);

  /** Compares {@link #mac} with a given one in constant time. */
  default boolean verify(TenantId tenant, String purpose, byte[] message, byte[] mac) {
    return java.security.MessageDigest.isEqual(mac(tenant, purpose, message), mac);
  }
}
