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
  /** All versions of the tenant's key, from version 1 on; none when it has no key yet. */
  List<WrappedKey> tenantKeys(TenantId tenant);

  /** Keeps a version of the tenant's key unless it is there; answers the one that is there then. */
  WrappedKey addTenantKey(TenantId tenant, int version, WrappedKey key);

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

  /** Whether the owner's key was destroyed. */
  boolean isDestroyed(TenantId tenant, String owner);

  /**
   * Puts owners' keys, wrapped anew, in the place of the same keys wrapped before. One that is
   * another by now, or was destroyed, is left alone. At every moment, also of a power cut, each
   * owner has one or the other.
   *
   * @return how many were replaced
   */
  int replaceOwnerKeys(TenantId tenant, List<Rewrapped> batch);

  /** Keys of the owners whose id is greater than {@code after}, in their order. */
  List<OwnerKey> ownerKeys(TenantId tenant, String after, int limit);

  /** Owners whose id is greater than {@code after} and that have a key, in order. */
  default List<Owned> owners(TenantId tenant, String after, int limit) {
    return ownerKeys(tenant, after, limit).stream()
        .map(key -> new Owned(key.owner, key.key.createdMillis()))
        .toList();
  }

  /** An owner and its key. */
  record OwnerKey(String owner, WrappedKey key) {}

  /** An owner's key, wrapped as it was and as it shall be. */
  record Rewrapped(String owner, WrappedKey from, WrappedKey to) {}

  /** Tenants that have a key, in order. */
  List<TenantId> tenants();

  /** Removes what an interrupted change left, and keys that came back with a restored copy. */
  void clean();

  /** What is remembered beside the keys. */
  KeyLedger ledger();
}
