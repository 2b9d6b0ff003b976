package org.tonekeep.passkeys.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tonekeep.identity.api.AccountId;

/**
 * A passkey as it is kept.
 *
 * @param name as its owner called it
 * @param credential AAGUID, credential id and public key (WebAuthn section 6.5.1), base64url
 * @param transports how browsers reach it
 * @param flags sum of {@link #VERIFIED}, {@link #BACKUP_ELIGIBLE}, {@link #BACKED_UP}
 * @param signCount the authenticator's counter when it was last used; 0 where it has none
 */
public record Passkey(
    String id,
    AccountId account,
    String name,
    String credential,
    List<String> transports,
    int flags,
    long signCount,
    Instant createdAt,
    Optional<Instant> lastUsed) {
  static final int VERIFIED = 1;
  static final int BACKUP_ELIGIBLE = 2;
  static final int BACKED_UP = 4;

  public Passkey {
    transports = List.copyOf(transports);
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "Passkey[" + id + "]";
  }
}
