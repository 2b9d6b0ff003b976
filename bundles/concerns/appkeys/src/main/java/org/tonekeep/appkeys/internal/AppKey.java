package org.tonekeep.appkeys.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Scope;

/**
 * A key without its secret.
 *
 * @param name as the owner called it
 * @param tokenHash SHA-256 of the token, 64 hexadecimal digits
 * @param epoch the account's when the key was made
 * @param lastUsed true to about an hour; empty when it was never used
 */
public record AppKey(
    String id,
    AccountId account,
    String name,
    Set<Scope> scopes,
    String tokenHash,
    long epoch,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> lastUsed) {
  public AppKey {
    scopes = Set.copyOf(scopes);
  }

  /** Whether the key still opens the account. */
  boolean lives(Account owner, Instant now) {
    return owner.state() == AccountState.ACTIVE
        && owner.epoch() == epoch
        && now.isBefore(expiresAt);
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "AppKey[" + id + "]";
  }
}
