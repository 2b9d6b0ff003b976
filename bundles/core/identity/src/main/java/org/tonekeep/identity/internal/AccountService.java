package org.tonekeep.identity.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.EmailAddress;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.tenant.api.TenantId;

/** Checks what comes in and keeps the rules of accounts. */
@Component(service = Accounts.class)
public final class AccountService implements Accounts {
  private static final String EMAIL_INDEX = "email-index";
  private static final Pattern PLAN = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int LIST_MOST = 200;

  private final AccountStore store;
  private final KeyRing keys;
  private final OwnerKeys owners;
  private final Usernames usernames;
  private final ProfileRules rules;
  private final Clock clock;

  @Activate
  public AccountService(
      @Reference AccountStore store,
      @Reference KeyRing keys,
      @Reference OwnerKeys owners,
      @Reference Usernames usernames,
      @Reference Clock clock) {
    this.store = store;
    this.keys = keys;
    this.owners = owners;
    this.usernames = usernames;
    this.rules = usernames.rules();
    this.clock = clock;
  }

  @Override
  public Account create(TenantId tenant, String email, Profile profile, AccountState state) {
    EmailAddress address = new EmailAddress(email);
    // Who must have a username gets it with the confirmation: before that it would be reserved.
    Optional<String> current = state == AccountState.PENDING ? Optional.of("") : Optional.empty();
    Profile checked = rules.checked(tenant, profile, current);
    Account account =
        new Account(
            tenant,
            new AccountId(Ids.next(clock)),
            address.value(),
            checked,
            Set.of(Role.ARTIST),
            "free",
            state,
            0,
            Set.of(),
            clock.instant());
    // Durable before the row can be: a row without its key would be unreadable for ever.
    owners.create(tenant, account.id().value());
    try {
      store.insert(tenant, account, index(tenant, address), names(tenant, checked));
    } catch (EmailTakenException | UsernameTakenException e) {
      // Surely no row: its transaction can only roll back. After other failures it may have
      // committed, and the key stays.
      owners.destroy(tenant, account.id().value());
      throw e;
    }
    return account;
  }

  @Override
  public void check(TenantId tenant, Profile profile) {
    Profile checked = rules.checked(tenant, profile, Optional.empty());
    // Thrown here and not by the store: a transaction that is running can go on.
    if (!store.isFree(tenant, names(tenant, checked))) {
      throw new UsernameTakenException();
    }
  }

  @Override
  public Optional<Account> find(TenantId tenant, AccountId id) {
    return store.find(tenant, id);
  }

  @Override
  public Optional<Account> findByEmail(TenantId tenant, String email) {
    return address(email).flatMap(a -> store.findByEmail(tenant, index(tenant, a)));
  }

  @Override
  public Optional<Account> findByFormerEmail(TenantId tenant, String email) {
    return address(email).flatMap(a -> store.findByFormerEmail(tenant, index(tenant, a)));
  }

  /** What cannot be an address is nobody's. */
  private static Optional<EmailAddress> address(String email) {
    try {
      return Optional.of(new EmailAddress(email));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Account> findByUsername(TenantId tenant, String username) {
    String name = username.strip();
    return name.isEmpty()
        ? Optional.empty()
        : store.findByUsername(tenant, usernames.keys(tenant, name));
  }

  @Override
  public List<Account> list(TenantId tenant, String after, int limit) {
    return store.list(tenant, after, Math.max(1, Math.min(limit, LIST_MOST)));
  }

  @Override
  public boolean setPlan(TenantId tenant, AccountId id, String plan) {
    if (!PLAN.matcher(plan).matches()) {
      throw new IllegalArgumentException(
          "A plan's name is 1 to 32 characters of a-z, 0-9 and '-', beginning with a letter");
    }
    return store.setPlan(tenant, id, plan);
  }

  @Override
  public boolean setRoles(TenantId tenant, AccountId id, Set<Role> roles) {
    EnumSet<Role> kept = EnumSet.of(Role.ARTIST);
    kept.addAll(roles);
    return store.setRoles(tenant, id, kept);
  }

  @Override
  public boolean setState(TenantId tenant, AccountId id, AccountState state) {
    return store.setState(tenant, id, state);
  }

  @Override
  public boolean setProfile(TenantId tenant, AccountId id, Profile profile) {
    Optional<Account> old = store.find(tenant, id);
    if (old.isEmpty()) {
      return false;
    }
    Profile checked = rules.checked(tenant, profile, old.map(a -> a.profile().username()));
    return store.setProfile(tenant, id, checked, names(tenant, checked), usernames.pause(tenant));
  }

  @Override
  public boolean setEmail(TenantId tenant, AccountId id, String email) {
    EmailAddress address = new EmailAddress(email);
    return store.setEmail(tenant, id, address.value(), index(tenant, address));
  }

  @Override
  public boolean setFactor(TenantId tenant, AccountId id, String kind, boolean needed) {
    return store.setFactor(tenant, id, kind, needed);
  }

  @Override
  public boolean beginEpoch(TenantId tenant, AccountId id) {
    return store.beginEpoch(tenant, id);
  }

  private Set<String> names(TenantId tenant, Profile profile) {
    return profile.username().isEmpty() ? Set.of() : usernames.keys(tenant, profile.username());
  }

  /**
   * What the unique key holds in place of the address: a database names the key's values when it
   * refuses a duplicate, also in its own server's log.
   */
  private String index(TenantId tenant, EmailAddress address) {
    return hex(keys.mac(tenant, EMAIL_INDEX, bytes(address.normal())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
