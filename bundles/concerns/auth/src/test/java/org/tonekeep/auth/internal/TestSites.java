package org.tonekeep.auth.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Two tenants whose files a test writes, and a gate whose keeper a test stops. */
public final class TestSites implements Tenants, Gate {
  public static final TenantId ALICE = new TenantId("alice");
  public static final TenantId BOB = new TenantId("bob");

  private final Map<TenantId, Tenant> sites = new ConcurrentHashMap<>();
  private volatile boolean kept = true;

  public TestSites() {
    put(ALICE, Map.of(), false);
    put(BOB, Map.of(), false);
  }

  public void set(TenantId tenant, SettingKey<?> key, String text) {
    Tenant old = sites.get(tenant);
    Map<String, String> values = new TreeMap<>(old.settings().values());
    values.put(key.name(), text);
    put(tenant, values, old.suspended());
  }

  void suspend(TenantId tenant) {
    put(tenant, sites.get(tenant).settings().values(), true);
  }

  void stopKeeper() {
    kept = false;
  }

  private void put(TenantId id, Map<String, String> values, boolean suspended) {
    sites.put(
        id,
        new Tenant(
            id,
            id.value(),
            List.of(id + ".localhost"),
            Set.of(AuthFeature.ID),
            Locale.ENGLISH,
            new Settings(values),
            suspended));
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    return Optional.ofNullable(sites.get(id));
  }

  @Override
  public Optional<Tenant> byHost(String host) {
    return Optional.empty();
  }

  @Override
  public List<Tenant> all() {
    return List.copyOf(sites.values());
  }

  @Override
  public boolean isOn(TenantId tenant, String feature) {
    return true;
  }

  @Override
  public void requireOn(TenantId tenant, String feature) {}

  @Override
  public void requireKept(TenantId tenant, Act act) {
    if (!kept && act == Act.INTAKE) {
      throw new PromiseUnkeptException("deleted-is-purged", "retention");
    }
  }

  @Override
  public Optional<String> featureOf(String path) {
    return Optional.empty();
  }

  @Override
  public List<Feature> listed(TenantId tenant) {
    return List.of();
  }

  @Override
  public List<FeatureState> features() {
    return List.of();
  }
}
