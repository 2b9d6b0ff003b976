package org.tonekeep.crypto.internal;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.SecretKey;
import org.tonekeep.tenant.api.TenantId;

/** One random key per tenant, wrapped by a key derived from the root key. Thread-safe. */
final class TenantKeys {
  private final WrappedKeys wrapped;
  private final SecretKey root;
  private final Clock clock;
  private final Known known;
  private final ConcurrentMap<TenantId, Keys> opened = new ConcurrentHashMap<>();

  /**
   * @param root wraps the tenants' keys
   * @param known remembers, apart from the keys, which tenants have one
   */
  TenantKeys(WrappedKeys wrapped, SecretKey root, Clock clock, Known known) {
    this.known = known;
    this.wrapped = wrapped;
    this.root = root;
    this.clock = clock;
  }

  /** Wraps the keys of the tenant's owners; made when the tenant has none. */
  SecretKey wrapping(TenantId tenant) {
    return keys(tenant).wrapping;
  }

  /** The tenant's key for a purpose, derived from its random one. */
  SecretKey sealing(TenantId tenant, String purpose) {
    RootKey.requirePurpose(purpose);
    return Gcm.key(
        Hkdf.expand(keys(tenant).deriving.getEncoded(), Gcm.about("seal", purpose), Gcm.KEY));
  }

  private Keys keys(TenantId tenant) {
    Keys found = opened.get(tenant);
    return found != null ? found : opened.computeIfAbsent(tenant, this::open);
  }

  private Keys open(TenantId tenant) {
    WrappedKey key = wrapped.tenantKey(tenant).orElseGet(() -> make(tenant));
    byte[] plain = key.unwrap(root, tenant, "");
    known.add(tenant);
    return new Keys(Gcm.key(plain), Gcm.key(Hkdf.extract(Gcm.about("tenant key ring 1"), plain)));
  }

  /** A new key beside data of an old one would make that data look damaged, or erased. */
  private WrappedKey make(TenantId tenant) {
    if (known.contains(tenant) || !wrapped.owners(tenant, "", 1).isEmpty()) {
      throw new KeysRefusedException(
          "The key of tenant " + tenant + " is missing: put the keys of this data back");
    }
    return wrapped.addTenantKey(
        tenant, WrappedKey.wrap(root, tenant, "", clock.millis(), Gcm.newKey()));
  }

  /** Which tenants had a key. */
  interface Known {
    boolean contains(TenantId tenant);

    void add(TenantId tenant);
  }

  /** Two uses of one random key: wrapping, and deriving through an extraction of its own. */
  private record Keys(SecretKey wrapping, SecretKey deriving) {}
}
