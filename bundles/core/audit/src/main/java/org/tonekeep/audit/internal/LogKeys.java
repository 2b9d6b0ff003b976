package org.tonekeep.audit.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.tonekeep.audit.internal.note.LogKey;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/** The keys that sign checkpoints: one per tenant, in the database, sealed by the key ring. */
final class LogKeys {
  private static final String PURPOSE = "audit.log-key";

  private final KeyRing ring;
  private final ConcurrentMap<TenantId, Opened> opened = new ConcurrentHashMap<>();

  LogKeys(KeyRing ring) {
    this.ring = ring;
  }

  /** A new key, sealed. */
  String make(TenantId tenant, String origin) {
    return Leaf.text(ring.seal(tenant, PURPOSE, LogKey.make(origin).bytes()));
  }

  /**
   * The tree's key.
   *
   * @throws BrokenLogException when the row's key is not one that this platform sealed
   */
  LogKey open(TenantId tenant, TreeRow tree) {
    Opened found = opened.get(tenant);
    if (found == null || !found.isOf(tree)) {
      found = new Opened(tree.sealedKey(), unseal(tenant, tree));
      opened.put(tenant, found);
    }
    return found.key();
  }

  private LogKey unseal(TenantId tenant, TreeRow tree) {
    try {
      return LogKey.of(tree.origin(), ring.open(tenant, PURPOSE, Leaf.bytes(tree.sealedKey())));
    } catch (BrokenSealException | IllegalArgumentException e) {
      throw new BrokenLogException("the log's key was replaced", e);
    }
  }

  private record Opened(String sealed, LogKey key) {
    boolean isOf(TreeRow tree) {
      return sealed.equals(tree.sealedKey()) && key.verifier().name().equals(tree.origin());
    }
  }
}
