package org.tonekeep.testing.kit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Alice and Bob: two tenants whose files a test writes. */
public final class TestTenants implements Tenants {
  public static final TenantId ALICE = new TenantId("alice");
  public static final TenantId BOB = new TenantId("bob");

  private final ConcurrentSkipListMap<TenantId, Tenant> all = new ConcurrentSkipListMap<>();

  /** Both, served at {@code <id>.localhost}, with every setting at its default. */
  public TestTenants() {
    put(ALICE, "alice", Map.of(), Set.of(), false);
    put(BOB, "bob", Map.of(), Set.of(), false);
  }

  public TestTenants title(TenantId id, String title) {
    Tenant old = require(id);
    put(id, title, old.settings().values(), old.features(), false);
    return this;
  }

  public TestTenants features(TenantId id, String... features) {
    Tenant old = require(id);
    put(id, old.title(), old.settings().values(), Set.of(features), false);
    return this;
  }

  /**
   * @param text as the tenant's file has it
   */
  public TestTenants set(TenantId id, SettingKey<?> key, String text) {
    Tenant old = require(id);
    SortedMap<String, String> values = new TreeMap<>(old.settings().values());
    values.put(key.name(), text);
    put(id, old.title(), values, old.features(), false);
    return this;
  }

  /** As when the tenant's file has vanished. */
  public void suspend(TenantId id) {
    Tenant old = require(id);
    put(id, old.title(), old.settings().values(), old.features(), true);
  }

  private void put(
      TenantId id,
      String title,
      Map<String, String> settings,
      Set<String> features,
      boolean suspended) {
    all.put(
        id,
        new Tenant(
            id,
            title,
            List.of(id + ".localhost"),
            features,
            Locale.ENGLISH,
            new Settings(settings),
            suspended));
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public Optional<Tenant> byHost(String host) {
    return all.values().stream()
        .filter(t -> !t.suspended() && t.hosts().contains(host.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  @Override
  public List<Tenant> all() {
    return List.copyOf(all.values());
  }
}
