package org.tonekeep.tenant.internal;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Answers from the registry's view. */
@Component(service = Tenants.class)
public final class TenantsInForce implements Tenants {
  private final TenantRegistry registry;

  @Activate
  public TenantsInForce(@Reference TenantRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    return registry.view().find(id);
  }

  @Override
  public Optional<Tenant> byHost(String host) {
    return registry.view().byHost(host);
  }

  @Override
  public List<Tenant> all() {
    return registry.view().all();
  }
}
