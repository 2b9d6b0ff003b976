package org.tonekeep.vault.internal;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Tenants with settings, and a gate whose keepers can go away. */
final class FakeSites implements Tenants, Gate {
  static final TenantId ALICE = new TenantId("alice");
  static final TenantId BOB = new TenantId("bob");

  final Map<TenantId, Tenant> sites = new TreeMap<>();
  final Set<Act> unkept = EnumSet.noneOf(Act.class);

  FakeSites() {
    set(ALICE, false, Map.of("storage.adapter", "memory"));
    set(BOB, false, Map.of("storage.adapter", "memory", "upload.maxBytes", "100KiB"));
  }

  void set(TenantId id, boolean suspended, Map<String, String> settings) {
    sites.put(
        id,
        new Tenant(
            id,
            id.value(),
            List.of(),
            Set.of(),
            Locale.ENGLISH,
            new Settings(settings),
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
    if (unkept.contains(act)) {
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
