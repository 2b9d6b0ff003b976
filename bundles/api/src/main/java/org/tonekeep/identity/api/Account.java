package org.tonekeep.identity.api;

import java.time.Instant;
import java.util.Set;
import org.tonekeep.tenant.api.TenantId;

/**
 * A person's account at one tenant.
 *
 * @param email as the person wrote it; unique per tenant after normalisation
 * @param profile how the person is shown
 * @param plan name of the plan, {@code free} unless the operator set another
 * @param epoch grows with every change of password, address, roles or state: sessions, app keys and
 *     tokens of an earlier epoch are dead (promise KAN-74), on every node, whoever made them
 * @param factors kinds of second factors that signing in needs one of, such as {@code totp}; kept
 *     here so that they count although the bundle that checks them is away
 */
public record Account(
    TenantId tenant,
    AccountId id,
    String email,
    Profile profile,
    Set<Role> roles,
    String plan,
    AccountState state,
    long epoch,
    Set<String> factors,
    Instant createdAt) {
  public Account {
    roles = Set.copyOf(roles);
    factors = Set.copyOf(factors);
  }

  /** The name by which the person is shown; may be empty. */
  public String displayName() {
    return profile.displayName();
  }

  /** Without the person: a log that prints an account must not print an address. */
  @Override
  public String toString() {
    return "Account[" + tenant + "/" + id + "]";
  }
}
