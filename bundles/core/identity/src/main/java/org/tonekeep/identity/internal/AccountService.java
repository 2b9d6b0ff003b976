package org.tonekeep.identity.internal;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.tenant.api.TenantId;

/** Checks what comes in and keeps the rules of accounts. */
@Component(service = Accounts.class)
public final class AccountService implements Accounts {
  private static final Pattern PLAN = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final int NAME_MOST = 100;
  private static final int LIST_MOST = 200;

  private final AccountStore store;
  private final Clock clock;

  @Activate
  public AccountService(@Reference AccountStore store, @Reference Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Account create(TenantId tenant, String email, String displayName) {
    EmailAddress address =
        EmailAddress.parse(email)
            .orElseThrow(() -> new IllegalArgumentException("That is not an e-mail address"));
    Account account =
        new Account(
            tenant,
            new AccountId(Ids.next(clock)),
            address.written(),
            checkedName(displayName),
            Set.of(Role.ARTIST),
            "free",
            clock.instant());
    store.insert(tenant, account, address.normal());
    return account;
  }

  @Override
  public Optional<Account> find(TenantId tenant, AccountId id) {
    return store.find(tenant, id);
  }

  @Override
  public Optional<Account> findByEmail(TenantId tenant, String email) {
    return EmailAddress.parse(email).flatMap(a -> store.findByEmail(tenant, a.normal()));
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
    return store.rename(tenant, id, checkedName(displayName));
  }

  private static String checkedName(String name) {
    String stripped = name.strip();
    boolean clean =
        stripped
            .codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    if (stripped.length() > NAME_MOST || !clean) {
      throw new IllegalArgumentException(
          "A display name has at most " + NAME_MOST + " characters and no control characters");
    }
    return stripped;
  }
}
