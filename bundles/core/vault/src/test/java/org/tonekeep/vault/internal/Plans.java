package org.tonekeep.vault.internal;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.tenant.api.TenantId;

/** Accounts of which only the plan matters. */
final class Plans {
  private final Map<String, String> plans = new ConcurrentHashMap<>();

  final Accounts accounts =
      (Accounts)
          Proxy.newProxyInstance(
              Plans.class.getClassLoader(),
              new Class<?>[] {Accounts.class},
              (proxy, method, args) -> {
                if (!method.getName().equals("find")) {
                  throw new UnsupportedOperationException(method.getName());
                }
                return find((TenantId) args[0], (AccountId) args[1]);
              });

  void set(String owner, String plan) {
    plans.put(owner, plan);
  }

  private Optional<Account> find(TenantId tenant, AccountId id) {
    return Optional.ofNullable(plans.get(id.value()))
        .map(
            plan ->
                new Account(
                    tenant,
                    id,
                    "a@example.org",
                    Profile.named("A"),
                    Set.of(Role.ARTIST),
                    plan,
                    AccountState.ACTIVE,
                    0,
                    Set.of(),
                    Instant.EPOCH));
  }
}
