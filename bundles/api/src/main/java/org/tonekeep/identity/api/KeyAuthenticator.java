package org.tonekeep.identity.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Turns the token of {@code Authorization: Bearer …} into a caller. Optional: without it nobody
 * signs in by a key. Thread-safe.
 */
@ConsumerType
public interface KeyAuthenticator {
  /**
   * The caller, or empty when the key is unknown, expired or revoked. Never throws for bad input.
   */
  Optional<Caller> authenticate(TenantId tenant, String token);
}
