package org.tonekeep.mail.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.testing.kit.TestTenants;

/** Alice's site is at {@code alice.example}, Bob's on this machine. */
final class Sites implements Tenants {
  static final TenantId ALICE = TestTenants.ALICE;
  static final TenantId BOB = TestTenants.BOB;

  private final ConcurrentSkipListMap<TenantId, Tenant> all = new ConcurrentSkipListMap<>();

  Sites() {
    put(ALICE, List.of("alice.example", "www.alice.example"), Locale.ENGLISH, Map.of());
    put(BOB, List.of("bob.localhost"), Locale.ENGLISH, Map.of());
  }

  void put(TenantId id, List<String> hosts, Locale locale, Map<String, String> settings) {
    all.put(
        id,
        new Tenant(id, "Site of " + id, hosts, Set.of(), locale, new Settings(settings), false));
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public Optional<Tenant> byHost(String host) {
    return all.values().stream().filter(t -> t.hosts().contains(host)).findFirst();
  }

  @Override
  public List<Tenant> all() {
    return List.copyOf(all.values());
  }
}
