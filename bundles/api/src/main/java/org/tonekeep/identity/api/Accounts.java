package org.tonekeep.identity.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/** The accounts of each tenant. Writing methods join the running transaction. */
@ProviderType
public interface Accounts {
  /**
   * @throws EmailTakenException when the tenant has an account of that address (see {@link
   *     EmailAddress#normal})
   * @throws IllegalArgumentException when it is no {@link EmailAddress} or no {@link DisplayName}
   */
  Account create(TenantId tenant, String email, String displayName);

  Optional<Account> find(TenantId tenant, AccountId id);

  Optional<Account> findByEmail(TenantId tenant, String email);

  /**
   * Accounts after a cursor (an account id, or empty for the first page), at most {@code limit}.
   */
  List<Account> list(TenantId tenant, String after, int limit);

  /** Sets the plan; returns false when there is no such account. */
  boolean setPlan(TenantId tenant, AccountId id, String plan);

  /** Sets the roles ({@link Role#ARTIST} is always kept); false when there is no such account. */
  boolean setRoles(TenantId tenant, AccountId id, Set<Role> roles);

  /** Changes the display name; false when there is no such account. */
  boolean rename(TenantId tenant, AccountId id, String displayName);
}
