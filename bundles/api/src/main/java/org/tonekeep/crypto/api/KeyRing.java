package org.tonekeep.crypto.api;

import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Keys per tenant and purpose. The installation's root key never leaves the implementation; what a
 * key is for is part of it, so the same message under two purposes has unrelated results.
 * Thread-safe.
 */
@ProviderType
public interface KeyRing {
  /**
   * HMAC-SHA-256 of a message under the tenant's key for the purpose.
   *
   * @param purpose {@code [a-z][a-z0-9.-]{0,63}}, such as {@code signed-url}
   * @return 32 bytes
   */
  byte[] mac(TenantId tenant, String purpose, byte[] message);

  /** Compares {@link #mac} with a given one in constant time. */
  default boolean verify(TenantId tenant, String purpose, byte[] message, byte[] mac) {
    return java.security.MessageDigest.isEqual(mac(tenant, purpose, message), mac);
  }

  /**
   * Encrypts under the tenant's key for the purpose (AES-256-GCM, random nonce): for what belongs
   * to the tenant and to no account. What is a person's is sealed by {@link OwnerKeys}.
   *
   * @param purpose as in {@link #mac}
   */
  byte[] seal(TenantId tenant, String purpose, byte[] plain);

  /**
   * What {@link #seal} encrypted for the same tenant and purpose.
   *
   * @throws BrokenSealException when it was altered, or was sealed for another tenant or purpose
   */
  byte[] open(TenantId tenant, String purpose, byte[] sealed);
}
