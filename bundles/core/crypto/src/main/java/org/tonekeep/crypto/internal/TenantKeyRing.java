package org.tonekeep.crypto.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * MACs under keys that follow from the root key, seals under keys that follow from the tenant's
 * random one: {@code 2 || its version(4)} stand in front of what another one than the first sealed.
 * Thread-safe.
 */
final class TenantKeyRing implements KeyRing {
  private static final byte VERSIONED = 2;
  private static final int HEADER = 1 + 4;

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
    int version = tenants.newest(tenant);
    byte[] sealed =
        Gcm.seal(tenants.sealing(tenant, version, purpose), about(tenant, purpose), plain);
    return version == 1
        ? sealed
        : ByteBuffer.allocate(HEADER + sealed.length)
            .put(VERSIONED)
            .putInt(version)
            .put(sealed)
            .array();
  }

  @Override
  public byte[] open(TenantId tenant, String purpose, byte[] sealed) {
    int version = 1;
    byte[] body = sealed;
    if (sealed.length > HEADER && sealed[0] == VERSIONED) {
      version = ByteBuffer.wrap(sealed).getInt(1);
      body = Arrays.copyOfRange(sealed, HEADER, sealed.length);
    }
    return Gcm.open(tenants.sealing(tenant, version, purpose), about(tenant, purpose), body);
  }

  private static byte[] about(TenantId tenant, String purpose) {
    return Gcm.about("tenant", tenant.value(), purpose);
  }
}
