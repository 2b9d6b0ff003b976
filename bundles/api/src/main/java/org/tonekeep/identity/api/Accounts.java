package org.tonekeep.identity.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * The accounts of each tenant. Writing methods join the running transaction; those that change an
 * account answer false when there is no such account. What is personal is stored sealed under the
 * owner's key.
 */
@ProviderType
public interface Accounts {
  /**
   * Opens an account of the role {@link Role#ARTIST}.
   *
   * @param state {@link AccountState#PENDING} where the address must be confirmed first: until then
   *     the account needs no username, wherever others must have one
   * @throws EmailTakenException when the tenant has an account of that address (see {@link
   *     EmailAddress#normal}), or had until less than 7 days ago
   * @throws UsernameTakenException when the profile's username, or one that looks the same, is
   *     taken, or was somebody's until less than 30 days ago
   * @throws InvalidProfileException when a part of the profile is not valid
   * @throws IllegalArgumentException when the address is not valid; the message says what would be
   *     right
   */
  Account create(TenantId tenant, String email, Profile profile, AccountState state);

  /** Opens an active account with a display name only. */
  default Account create(TenantId tenant, String email, String displayName) {
    return create(tenant, email, Profile.named(displayName), AccountState.ACTIVE);
  }

  /**
   * Checks a profile as {@link #create} of an active account would, and changes nothing: what is
   * refused now need not be promised.
   *
   * @throws UsernameTakenException see {@link #create}; another may still be faster
   * @throws InvalidProfileException when a part is not valid
   */
  void check(TenantId tenant, Profile profile);

  Optional<Account> find(TenantId tenant, AccountId id);

  Optional<Account> findByEmail(TenantId tenant, String email);

  /** The account whose address this was until less than 7 days ago: see {@link #setEmail}. */
  Optional<Account> findByFormerEmail(TenantId tenant, String email);

  /** By a username that is equal or looks the same, in any case. */
  Optional<Account> findByUsername(TenantId tenant, String username);

  /**
   * Accounts after a cursor (an account id, or empty for the first page), at most {@code limit}.
   */
  List<Account> list(TenantId tenant, String after, int limit);

  /** Sets the plan. */
  boolean setPlan(TenantId tenant, AccountId id, String plan);

  /** Sets the roles ({@link Role#ARTIST} is always kept); begins a new epoch when they differ. */
  boolean setRoles(TenantId tenant, AccountId id, Set<Role> roles);

  /**
   * Sets the state; begins a new epoch when the account is suspended.
   *
   * @see Account#epoch
   */
  boolean setState(TenantId tenant, AccountId id, AccountState state);

  /**
   * Replaces the profile. A username that is given up stays reserved for its owner for 30 days.
   * Links may be given as handles; they are stored as addresses (see {@link Profile}).
   *
   * @throws UsernameTakenException see {@link #create}
   * @throws InvalidProfileException when a part is not valid, or the username was changed less than
   *     {@link AccountSettings#RENAME_PAUSE} ago and the new one was never its owner's
   */
  boolean setProfile(TenantId tenant, AccountId id, Profile profile);

  /**
   * Sets an address that its owner has proven, and begins a new epoch. Another account that only
   * waits for its confirmation ({@link AccountState#PENDING}) loses it. The old address stays
   * reserved for 7 days, in which no new account can take it: the change can be undone.
   *
   * @throws EmailTakenException when another account has it
   * @throws IllegalArgumentException when it is no address
   */
  boolean setEmail(TenantId tenant, AccountId id, String email);

  /** Says that signing in needs (or no longer needs) a second factor of the kind. */
  boolean setFactor(TenantId tenant, AccountId id, String kind, boolean needed);

  /** Begins a new epoch: all sessions, app keys and tokens made before are dead. */
  boolean beginEpoch(TenantId tenant, AccountId id);
}
