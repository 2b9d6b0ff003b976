package org.tonekeep.crypto.internal;

import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * MACs under keys that follow from the root key, seals under keys that follow from the tenant's
 * random one. Thread-safe.
 */
final class TenantKeyRing implements KeyRing {
  private final RootKey root;
  private final TenantKeys tenants;

  TenantKeyRing(RootKey root, TenantKeys tenants) {
    this.root = root;
    this.tenants = tenants;
  }

  @Override
  public byte[] mac(TenantId tenant, String purpose, byte[] message) {
    return root.mac(tenant, purpose, message);
  }

  @Override
  public byte[] seal(TenantId tenant, String purpose, byte[] plain) {
    return Gcm.seal(tenants.sealing(tenant, purpose), about(tenant, purpose), plain);
  }

  @Override
  public byte[] open(TenantId tenant, String purpose, byte[] sealed) {
    return Gcm.open(tenants.sealing(tenant, purpose), about(tenant, purpose), sealed);
  }

  private static byte[] about(TenantId tenant, String purpose) {
    return Gcm.about("tenant", tenant.value(), purpose);
  }
}
