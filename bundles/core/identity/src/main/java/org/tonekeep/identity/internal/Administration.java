package org.tonekeep.identity.internal;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Role;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/**
 * What the operator does to an account at the console. Each act and its entry in the audit log,
 * which the account's owner can read too, commit together. Every method throws {@link
 * IllegalArgumentException} when there is no such account.
 */
@Component(service = Administration.class)
public final class Administration {
  private final Accounts accounts;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public Administration(@Reference Accounts accounts, @Reference Audit audit, @Reference Tx tx) {
    this.accounts = accounts;
    this.audit = audit;
    this.tx = tx;
  }

  /**
   * Closes the account: nobody signs in, its sessions and keys are dead, its data stays.
   *
   * @return false when it was suspended already
   */
  public boolean suspend(TenantId tenant, AccountId id) {
    return tx.call(
        tenant,
        () -> {
          if (existing(tenant, id).state() == AccountState.SUSPENDED) {
            return false;
          }
          done(
              tenant,
              id,
              accounts.setState(tenant, id, AccountState.SUSPENDED),
              entry("account.suspend"));
          return true;
        });
  }

  /**
   * Opens a suspended account again. It is then active, also when its address was not confirmed
   * before: the operator answers for it.
   *
   * @return false when it was not suspended
   */
  public boolean resume(TenantId tenant, AccountId id) {
    return tx.call(
        tenant,
        () -> {
          if (existing(tenant, id).state() != AccountState.SUSPENDED) {
            return false;
          }
          done(
              tenant,
              id,
              accounts.setState(tenant, id, AccountState.ACTIVE),
              entry("account.resume"));
          return true;
        });
  }

  /**
   * Replaces the roles.
   *
   * @return the roles that it has now; {@link Role#ARTIST} is always one
   */
  public Set<Role> setRoles(TenantId tenant, AccountId id, Set<Role> roles) {
    EnumSet<Role> kept = EnumSet.of(Role.ARTIST);
    kept.addAll(roles);
    tx.run(
        tenant,
        () ->
            done(
                tenant,
                id,
                accounts.setRoles(tenant, id, kept),
                entry("account.role").with("roles", words(kept))));
    return kept;
  }

  /**
   * Sets the plan.
   *
   * @throws IllegalArgumentException also when it is no name of a plan
   */
  public void setPlan(TenantId tenant, AccountId id, String plan) {
    tx.run(
        tenant,
        () -> {
          // The name is checked there: an entry holds only what can be a plan.
          boolean found = accounts.setPlan(tenant, id, plan);
          done(tenant, id, found, entry("account.plan").with("plan", plan));
        });
  }

  /** Roles as the operator types them. */
  public static String words(Set<Role> roles) {
    return roles.stream()
        .sorted()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  private static AuditEntry entry(String action) {
    return AuditEntry.of(Actor.operator(), action);
  }

  private Account existing(TenantId tenant, AccountId id) {
    return accounts.find(tenant, id).orElseThrow(Administration::absent);
  }

  private void done(TenantId tenant, AccountId id, boolean found, AuditEntry entry) {
    if (!found) {
      throw absent();
    }
    audit.append(tenant, entry.on(id.value()).ownedBy(id));
  }

  private static IllegalArgumentException absent() {
    return new IllegalArgumentException("There is no such account");
  }
}
