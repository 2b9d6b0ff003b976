package org.tonekeep.tenant.internal;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Promise;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** The gate: what a tenant's file lists, beside what is declared and running. */
@Component(service = Gate.class)
public final class FeatureGate implements Gate {
  /** Stands for the promises of a feature that nobody has declared here: they are not known. */
  private static final String UNKNOWN = "unknown";

  private final Tenants tenants;
  private final Declarations declarations;

  @Activate
  public FeatureGate(@Reference Tenants tenants, @Reference Declarations declarations) {
    this.tenants = tenants;
    this.declarations = declarations;
  }

  @Override
  public boolean isOn(TenantId tenant, String feature) {
    return declarations.now().isActive(feature)
        && tenants.find(tenant).filter(t -> lists(t, feature)).isPresent();
  }

  @Override
  public void requireOn(TenantId tenant, String feature) {
    if (!isOn(tenant, feature)) {
      throw new FeatureOffException(feature);
    }
  }

  /**
   * @throws org.tonekeep.tenant.api.UnknownTenantException when there is no such tenant, or it is
   *     suspended: no tenant means no answer
   * @throws PromiseUnkeptException also for a feature that the tenant lists and no bundle ever
   *     declared here, with the promise {@code unknown}: its keeper has not come yet, never
   *     started, or is misspelt
   */
  @Override
  public void requireKept(TenantId tenant, Act act) {
    Tenant found = tenants.require(tenant);
    Declared declared = declarations.now();
    List<String> unknown = declared.neverDeclared(found);
    if (!unknown.isEmpty()) {
      throw new PromiseUnkeptException(UNKNOWN, unknown.get(0));
    }
    for (Feature feature : declared.features().values()) {
      if (found.features().contains(feature.id()) && !declared.isActive(feature.id())) {
        for (Promise promise : feature.keeps()) {
          if (promise.guards().contains(act)) {
            throw new PromiseUnkeptException(promise.id(), feature.id());
          }
        }
      }
    }
  }

  @Override
  public Optional<String> featureOf(String path) {
    return declarations.now().featureOf(path);
  }

  @Override
  public List<Feature> listed(TenantId tenant) {
    return tenants
        .find(tenant)
        .map(
            t ->
                declarations.now().features().values().stream()
                    .filter(f -> t.features().contains(f.id()))
                    .toList())
        .orElse(List.of());
  }

  @Override
  public List<FeatureState> features() {
    return declarations.now().states();
  }

  private static boolean lists(Tenant tenant, String feature) {
    return !tenant.suspended() && tenant.features().contains(feature);
  }
}
