package org.tonekeep.crypto.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.tenant.api.TenantId;

/**
 * The versions of each tenant's key, random, wrapped by a key derived from the root key. The newest
 * one wraps and seals; the others open what they wrapped and sealed. Thread-safe.
 */
final class TenantKeys {
  /** So long another node may use the version before the newest. */
  static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final WrappedKeys wrapped;
  private final SecretKey root;
  private final Clock clock;
  private final Known known;
  private final ConcurrentMap<TenantId, Versions> opened = new ConcurrentHashMap<>();

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

  /** Version of the newest key; made when the tenant has none. */
  int newest(TenantId tenant) {
    return versions(tenant).keys.size();
  }

  /**
   * Wraps the keys of the tenant's owners.
   *
   * @throws BrokenSealException when there is no such version
   */
  SecretKey wrapping(TenantId tenant, int version) {
    return keys(tenant, version).wrapping;
  }

  /** The tenant's key for a purpose, derived from the version of its random one. */
  SecretKey sealing(TenantId tenant, int version, String purpose) {
    RootKey.requirePurpose(purpose);
    return Gcm.key(
        Hkdf.expand(
            keys(tenant, version).deriving.getEncoded(), Gcm.about("seal", purpose), Gcm.KEY));
  }

  /**
   * Adds a version, which is the newest when this returns; of two at once both get the same.
   *
   * @param after the newest before
   */
  void add(TenantId tenant, int after) {
    WrappedKey unused =
        wrapped.addTenantKey(
            tenant,
            after + 1,
            WrappedKey.ofTenant(root, tenant, after + 1, clock.millis(), Gcm.newKey()));
    opened.put(tenant, open(tenant));
  }

  private Keys keys(TenantId tenant, int version) {
    List<Keys> keys = versions(tenant).keys;
    if (version > keys.size()) {
      // Another node made it just now.
      keys = open(tenant).keys;
    }
    if (version < 1 || version > keys.size()) {
      throw new BrokenSealException();
    }
    return keys.get(version - 1);
  }

  private Versions versions(TenantId tenant) {
    Versions found = opened.get(tenant);
    if (found == null || found.isOld()) {
      found =
          Objects.requireNonNull(
              opened.compute(
                  tenant, (t, there) -> there == null || there.isOld() ? open(t) : there));
    }
    return found;
  }

  private Versions open(TenantId tenant) {
    long now = System.nanoTime();
    List<WrappedKey> all = wrapped.tenantKeys(tenant);
    if (all.isEmpty()) {
      all = List.of(make(tenant));
    }
    List<Keys> keys = new ArrayList<>();
    for (WrappedKey key : all) {
      byte[] plain = key.tenantKey(root, tenant, keys.size() + 1);
      keys.add(
          new Keys(Gcm.key(plain), Gcm.key(Hkdf.extract(Gcm.about("tenant key ring 1"), plain))));
    }
    known.add(tenant);
    return new Versions(List.copyOf(keys), now);
  }

  /** A new key beside data of an old one would make that data look damaged, or erased. */
  private WrappedKey make(TenantId tenant) {
    if (known.contains(tenant) || !wrapped.owners(tenant, "", 1).isEmpty()) {
      throw new KeysRefusedException(
          "The key of tenant " + tenant + " is missing: put the keys of this data back");
    }
    return wrapped.addTenantKey(
        tenant, 1, WrappedKey.ofTenant(root, tenant, 1, clock.millis(), Gcm.newKey()));
  }

  /** Which tenants had a key. */
  interface Known {
    boolean contains(TenantId tenant);

    void add(TenantId tenant);
  }

  /** Two uses of one random key: wrapping, and deriving through an extraction of its own. */
  private record Keys(SecretKey wrapping, SecretKey deriving) {}

  private record Versions(List<Keys> keys, long nanos) {
    boolean isOld() {
      return System.nanoTime() - nanos >= KEPT_NANOS;
    }
  }
}
