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
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.identity.api.EmailAddress;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.tenant.api.TenantId;

/** Checks what comes in and keeps the rules of accounts. */
@Component(service = Accounts.class)
public final class AccountService implements Accounts {
  private static final String INDEX = "email-index";
  private static final Pattern PLAN = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int LIST_MOST = 200;

  private final AccountStore store;
  private final KeyRing keys;
  private final Clock clock;

  @Activate
  public AccountService(
      @Reference AccountStore store, @Reference KeyRing keys, @Reference Clock clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Account create(TenantId tenant, String email, String displayName) {
    EmailAddress address = new EmailAddress(email);
    Account account =
        new Account(
            tenant,
            new AccountId(Ids.next(clock)),
            address.value(),
            new DisplayName(displayName).value(),
            Set.of(Role.ARTIST),
            "free",
            clock.instant());
    store.insert(tenant, account, index(tenant, address));
    return account;
  }

  @Override
  public Optional<Account> find(TenantId tenant, AccountId id) {
    return store.find(tenant, id);
  }

  @Override
  public Optional<Account> findByEmail(TenantId tenant, String email) {
    EmailAddress address;
    try {
      address = new EmailAddress(email);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what cannot be an address is nobody's
    }
    return store.findByIndex(tenant, index(tenant, address));
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
  public boolean rename(TenantId tenant, AccountId id, String displayName) {
    return store.rename(tenant, id, new DisplayName(displayName).value());
  }

  /**
   * What the unique key holds in place of the address: a database names the key's values when it
   * refuses a duplicate, also in its own server's log.
   */
  private String index(TenantId tenant, EmailAddress address) {
    byte[] normal = address.normal().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(keys.mac(tenant, INDEX, normal));
  }
}
