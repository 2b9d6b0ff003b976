package org.tonekeep.vault.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Tenants;

/** Ready when every active tenant's storage adapter is here. */
@Component(service = Readiness.class)
public final class StorageReadiness implements Readiness {
  private static final String PART = "storage";

  private final Tenants tenants;
  private final StoreBoard stores;

  @Activate
  public StorageReadiness(@Reference Tenants tenants, @Reference StoreBoard stores) {
    this.tenants = tenants;
    this.stores = stores;
  }

  @Override
  public Health check() {
    List<String> missing =
        tenants.all().stream()
            .filter(t -> !t.suspended())
            .filter(t -> stores.find(t.get(VaultKeys.ADAPTER)).isEmpty())
            .map(t -> t.id() + " needs adapter '" + t.get(VaultKeys.ADAPTER) + "'")
            .toList();
    return missing.isEmpty()
        ? new Health(PART, true, "Adapters: " + String.join(", ", sortedNames()))
        : new Health(PART, false, String.join("; ", missing));
  }

  private List<String> sortedNames() {
    return stores.present().keySet().stream().sorted().toList();
  }
}
