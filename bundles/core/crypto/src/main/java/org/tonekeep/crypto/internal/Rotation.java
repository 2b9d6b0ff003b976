package org.tonekeep.crypto.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.internal.KeyDesk.Rotated;
import org.tonekeep.crypto.internal.WrappedKeys.OwnerKey;
import org.tonekeep.crypto.internal.WrappedKeys.Rewrapped;
import org.tonekeep.tenant.api.TenantId;

/**
 * Makes a new version of a tenant's key and wraps the keys of its owners by it, in batches, while
 * others use them. Owners' keys themselves stay, so no data is touched. A rotation that was
 * interrupted at any point is ended by the next one.
 */
final class Rotation {
  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
  private static final int BATCH = 4000;

  private final WrappedKeys wrapped;
  private final TenantKeys tenants;
  private final int batch;

  Rotation(WrappedKeys wrapped, TenantKeys tenants) {
    this(wrapped, tenants, BATCH);
  }

  Rotation(WrappedKeys wrapped, TenantKeys tenants, int batch) {
    this.wrapped = wrapped;
    this.tenants = tenants;
    this.batch = batch;
  }

  /** How many owners' keys each version of the tenant's key wraps; all versions are there. */
  Map<Integer, Long> counts(TenantId tenant) {
    Map<Integer, Long> counts = new TreeMap<>();
    int version = 0;
    for (WrappedKey unused : wrapped.tenantKeys(tenant)) {
      version++;
      counts.put(version, 0L);
    }
    walk(
        tenant,
        page -> {
          for (OwnerKey key : page) {
            Long now = counts.merge(key.key().version(), 1L, Long::sum);
            assert now > 0;
          }
        });
    return counts;
  }

  /**
   * Rotates, or ends the rotation that was interrupted.
   *
   * @throws KeysRefusedException when a version of the tenant's key is missing
   */
  synchronized Rotated rotate(TenantId tenant) {
    int newest = tenants.newest(tenant);
    Map<Integer, Long> counts = counts(tenant);
    if (counts.keySet().stream().anyMatch(version -> version > newest)) {
      throw new KeysRefusedException(
          "A version of the key of tenant " + tenant + " is missing: put the keys back");
    }
    boolean ended =
        counts.entrySet().stream().anyMatch(e -> e.getKey() < newest && e.getValue() > 0);
    if (!ended) {
      tenants.add(tenant, newest);
    }
    Rotated sum = new Rotated(ended ? newest : newest + 1, ended, 0, 0);
    Rotated pass = sum;
    do {
      // Again, for what was made meanwhile by one who did not know the newest version yet.
      pass = pass(tenant, sum.version(), ended);
      sum = new Rotated(sum.version(), ended, sum.rewrapped() + pass.rewrapped(), pass.broken());
    } while (pass.rewrapped() > 0);
    LOG.info("Wrapped {} keys of {} by version {}", sum.rewrapped(), tenant, sum.version());
    return sum;
  }

  private Rotated pass(TenantId tenant, int version, boolean ended) {
    long[] counts = new long[2];
    walk(
        tenant,
        page -> {
          List<Rewrapped> anew = new ArrayList<>();
          for (OwnerKey key : page) {
            if (key.key().version() < version) {
              try {
                anew.add(rewrapped(tenant, version, key));
              } catch (BrokenSealException e) {
                counts[1]++;
                LOG.warn("The key of {}/{} is damaged and stays as it is", tenant, key.owner(), e);
              }
            }
          }
          if (!anew.isEmpty()) {
            counts[0] += wrapped.replaceOwnerKeys(tenant, anew);
          }
        });
    return new Rotated(version, ended, counts[0], counts[1]);
  }

  private Rewrapped rewrapped(TenantId tenant, int version, OwnerKey key) {
    WrappedKey from = key.key();
    byte[] plain = from.ownerKey(tenants.wrapping(tenant, from.version()), tenant, key.owner());
    return new Rewrapped(
        key.owner(),
        from,
        WrappedKey.ofOwner(
            tenants.wrapping(tenant, version),
            version,
            tenant,
            key.owner(),
            from.createdMillis(),
            plain));
  }

  private void walk(TenantId tenant, Visitor visitor) {
    List<OwnerKey> page = wrapped.ownerKeys(tenant, "", batch);
    while (!page.isEmpty()) {
      visitor.page(page);
      page = wrapped.ownerKeys(tenant, page.get(page.size() - 1).owner(), batch);
    }
  }

  private interface Visitor {
    void page(List<OwnerKey> page);
  }
}
