package org.tonekeep.tenant.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The tenants in force. Answers come from memory and never block. */
@ProviderType
public interface Tenants {
  /** The tenant, also when suspended; empty when there is none of that name. */
  Optional<Tenant> find(TenantId id);

  /** The tenant that serves a host name (without port, any case); never a suspended one. */
  Optional<Tenant> byHost(String host);

  /** All tenants, suspended ones too, by id. */
  List<Tenant> all();

  /**
   * The tenant.
   *
   * @throws UnknownTenantException when there is none of that name or it is suspended
   */
  default Tenant require(TenantId id) {
    return find(id).filter(t -> !t.suspended()).orElseThrow(UnknownTenantException::new);
  }
}
