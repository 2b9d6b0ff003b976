package org.tonekeep.vault.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.vault.internal.crypt.EncryptedBlobStore;

/** Which storage adapters are here now, by name; what they store is encrypted. */
@Component(service = StoreBoard.class)
public final class StoreBoard {
  private final Tenants tenants;
  private final OwnerKeys keys;
  private final EncryptedBlobStore.Damages damages;
  private final Map<String, Here> stores = new ConcurrentHashMap<>();

  @Activate
  public StoreBoard(
      @Reference Tenants tenants, @Reference OwnerKeys keys, @Reference DamageReport damages) {
    this.tenants = tenants;
    this.keys = keys;
    this.damages = damages;
  }

  @Reference(
      service = BlobStore.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addStore(BlobStore store, Map<String, Object> properties) {
    stores.put(name(properties), new Here(store, new EncryptedBlobStore(store, keys, damages)));
  }

  void removeStore(BlobStore store, Map<String, Object> properties) {
    // Only itself: an updated bundle may have put its successor here already.
    Here unused =
        stores.computeIfPresent(
            name(properties), (name, there) -> there.ciphertext == store ? null : there);
  }

  private static String name(Map<String, Object> properties) {
    return String.valueOf(properties.get(BlobStore.ADAPTER));
  }

  /** The name of the adapter that the tenant's file names. */
  String chosen(TenantId tenant) {
    return tenants.require(tenant).get(VaultKeys.ADAPTER);
  }

  /**
   * The adapter of that name.
   *
   * @throws AdapterMissingException when it is not running; never another in its place
   */
  BlobStore require(String adapter) {
    return here(adapter).plain;
  }

  /**
   * The adapter of that name, with the encrypted bytes as they lie there.
   *
   * @throws AdapterMissingException when it is not running
   */
  BlobStore ciphertext(String adapter) {
    return here(adapter).ciphertext;
  }

  private Here here(String adapter) {
    Here store = stores.get(adapter);
    if (store == null) {
      throw new AdapterMissingException(VaultKeys.ADAPTER.name() + "=" + adapter);
    }
    return store;
  }

  Optional<BlobStore> find(String adapter) {
    return Optional.ofNullable(stores.get(adapter)).map(Here::plain);
  }

  /** The adapters that are here, by name. */
  Map<String, BlobStore> present() {
    Map<String, BlobStore> present = new HashMap<>();
    stores.forEach((name, here) -> present.put(name, here.plain));
    return present;
  }

  /** An adapter, and the same behind the encryption. */
  private record Here(BlobStore ciphertext, BlobStore plain) {}
}
