package org.tonekeep.identity.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Signs players in as the OpenSubsonic protocol does it: {@code u}, {@code t} = md5(key + salt) and
 * {@code s}. Only app keys of the scope {@link Scope#SUBSONIC} count, never the password. A key in
 * the clear (parameter {@code apiKey}) is a matter of {@link KeyAuthenticator}. Optional;
 * thread-safe.
 */
@ConsumerType
public interface SubsonicKeys {
  /**
   * The caller, or empty when nothing matches. Never throws for bad input; compares in constant
   * time.
   *
   * @param username username or e-mail address of the account
   * @param token 32 hexadecimal digits, any case
   * @param salt what the player made up
   */
  Optional<Caller> byToken(TenantId tenant, String username, String token, String salt);
}
