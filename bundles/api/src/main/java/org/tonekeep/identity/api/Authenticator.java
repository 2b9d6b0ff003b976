package org.tonekeep.identity.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Turns the value of a session cookie into a caller. Called by faces/rest on every request that
 * carries the cookie; optional there: without it every caller is anonymous. Thread-safe.
 */
@ConsumerType
public interface Authenticator {
  /** Name of the tenant's session cookie. */
  String cookieName(TenantId tenant);

  /**
   * The caller, or empty when the token is unknown, expired or revoked. Never throws for bad input.
   */
  Optional<Caller> authenticate(TenantId tenant, String token);
}
