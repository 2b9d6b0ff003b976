package org.tonekeep.testing.kit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.TenantId;

/** A gate that a test turns, feature by feature, and whose keepers it stops. */
public final class TestGate implements Gate {
  private final boolean open;
  private final Map<String, Boolean> turned = new ConcurrentHashMap<>();
  private final Set<Act> unkept = ConcurrentHashMap.newKeySet();

  private TestGate(boolean open) {
    this.open = open;
  }

  /** Everything is on, unless turned off. */
  public static TestGate open() {
    return new TestGate(true);
  }

  /** Nothing is on, unless turned on. */
  public static TestGate shut() {
    return new TestGate(false);
  }

  public void turn(TenantId tenant, String feature, boolean on) {
    turned.put(tenant + "/" + feature, on);
  }

  /** From now on the keeper of {@code deleted-is-purged}, which guards the act, is away. */
  public void stopKeeperOf(Act act) {
    unkept.add(act);
  }

  public void startKeeperOf(Act act) {
    unkept.remove(act);
  }

  @Override
  public boolean isOn(TenantId tenant, String feature) {
    return turned.getOrDefault(tenant + "/" + feature, open);
  }

  @Override
  public void requireOn(TenantId tenant, String feature) {
    if (!isOn(tenant, feature)) {
      throw new FeatureOffException(feature);
    }
  }

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
