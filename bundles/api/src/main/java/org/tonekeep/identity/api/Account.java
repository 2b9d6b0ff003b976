package org.tonekeep.identity.api;

import java.time.Instant;
import java.util.Set;
import org.tonekeep.tenant.api.TenantId;

/**
 * A person's account at one tenant.
 *
 * @param email as the person wrote it; unique per tenant after normalisation
 * @param displayName may be empty
 * @param plan name of the plan, {@code free} unless the operator set another
 */
public record Account(
    TenantId tenant,
    AccountId id,
    String email,
    String displayName,
    Set<Role> roles,
    String plan,
    Instant createdAt) {
  public Account {
    roles = Set.copyOf(roles);
  }

  /** Without the person: a log that prints an account must not print an address. */
  @Override
  public String toString() {
    return "Account[" + tenant + "/" + id + "]";
  }
}
