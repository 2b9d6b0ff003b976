package org.tonekeep.crypto.internal;

import java.util.List;
import java.util.Optional;
import org.tonekeep.crypto.api.OwnerKeys.Owned;
import org.tonekeep.tenant.api.TenantId;

/**
 * Where wrapped keys lie: in files or in a database of their own. Nothing here is readable without
 * the root key. What a method has done when it returns survives {@code kill -9} and a power cut.
 * Implementations throw {@link KeysUnavailableException} when the medium fails. Thread-safe.
 */
interface WrappedKeys {
  /** The tenant's key, empty when it has none yet. */
  Optional<WrappedKey> tenantKey(TenantId tenant);

  /** Keeps the tenant's key unless it has one; answers the one that it has then. */
  WrappedKey addTenantKey(TenantId tenant, WrappedKey key);

  /** The owner's key; empty when it was never made, or was destroyed. */
  Optional<WrappedKey> ownerKey(TenantId tenant, String owner);

  /**
   * Keeps the owner's key unless it has one.
   *
   * @return false when the owner's key was destroyed: nothing is kept then
   */
  boolean addOwnerKey(TenantId tenant, String owner, WrappedKey key);

  /** Destroys the owner's key and remembers that it was, also when there was none. */
  void destroyOwnerKey(TenantId tenant, String owner);

  /** Owners whose id is greater than {@code after} and that have a key, in order. */
  List<Owned> owners(TenantId tenant, String after, int limit);

  /** Tenants that have a key, in order. */
  List<TenantId> tenants();

  /** Removes what an interrupted change left, and keys that came back with a restored copy. */
  void clean();

  /** What is remembered beside the keys. */
  KeyLedger ledger();
}
