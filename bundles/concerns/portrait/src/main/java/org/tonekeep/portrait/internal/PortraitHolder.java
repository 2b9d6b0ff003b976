package org.tonekeep.portrait.internal;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.portrait.internal.jpa.PortraitStore;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;

/** The part of profile images in export and erasure. */
@Component(service = DataHolder.class)
public final class PortraitHolder implements DataHolder {
  private static final String CLASS = "portrait";

  private final PortraitStore store;
  private final Vault vault;
  private final Tx tx;

  @Activate
  public PortraitHolder(@Reference PortraitStore store, @Reference Vault vault, @Reference Tx tx) {
    this.store = store;
    this.vault = vault;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            CLASS,
            PortraitFeature.ID,
            "The profile image: its size in pixels and when it was set; the bytes are in the vault",
            "To show who somebody is",
            "Until the person replaces or removes it"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> held =
        store.find(tenant, account).stream()
            .map(
                portrait ->
                    Map.<String, Object>of(
                        "blob", portrait.blob().id(),
                        "width", portrait.width(),
                        "height", portrait.height(),
                        "updatedAt", portrait.updatedAt().toString()))
            .toList();
    return Map.of(CLASS, held);
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(
        tenant,
        () -> store.remove(tenant, account).ifPresent(old -> vault.discard(tenant, old.blob())));
  }
}
