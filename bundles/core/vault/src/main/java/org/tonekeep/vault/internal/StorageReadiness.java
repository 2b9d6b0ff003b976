package org.tonekeep.vault.internal;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Tenants;

/** Ready when every active tenant's storage adapter is here; names what the sweep refused. */
@Component(service = Readiness.class)
public final class StorageReadiness implements Readiness {
  private static final String PART = "storage";

  private final Tenants tenants;
  private final StoreBoard stores;
  private final OrphanSweep sweep;

  @Activate
  public StorageReadiness(
      @Reference Tenants tenants, @Reference StoreBoard stores, @Reference OrphanSweep sweep) {
    this.tenants = tenants;
    this.stores = stores;
    this.sweep = sweep;
  }

  @Override
  public Health check() {
    List<String> missing =
        tenants.all().stream()
            .filter(t -> !t.suspended())
            .filter(t -> stores.find(t.get(VaultKeys.ADAPTER)).isEmpty())
            .map(t -> t.id() + " needs adapter '" + t.get(VaultKeys.ADAPTER) + "'")
            .toList();
    if (!missing.isEmpty()) {
      return new Health(PART, false, String.join("; ", missing));
    }
    // A sweep that is refused harms nobody who visits, so it is told, but takes no traffic away.
    List<String> words = new ArrayList<>(sweep.refusals());
    words.add(0, "Adapters: " + String.join(", ", sortedNames()));
    return new Health(PART, true, String.join("; ", words));
  }

  private List<String> sortedNames() {
    return stores.present().keySet().stream().sorted().toList();
  }
}
