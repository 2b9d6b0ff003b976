package org.tonekeep.vault.internal;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Tenants;

/**
 * Ready when every active tenant's storage adapter is here; names what still lies in another
 * adapter, and what the sweep refused.
 */
@Component(service = Readiness.class)
public final class StorageReadiness implements Readiness {
  private static final String PART = "storage";

  private final Tenants tenants;
  private final StoreBoard stores;
  private final OrphanSweep sweep;
  private final Elsewhere elsewhere;

  @Activate
  public StorageReadiness(
      @Reference Tenants tenants,
      @Reference StoreBoard stores,
      @Reference OrphanSweep sweep,
      @Reference Elsewhere elsewhere) {
    this.tenants = tenants;
    this.stores = stores;
    this.sweep = sweep;
    this.elsewhere = elsewhere;
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
    // A refused sweep harms nobody who visits, and an old adapter that is away harms those only
    // whose blobs lie there: told, but no reason to take all traffic away.
    List<String> words = new ArrayList<>(elsewhere.words());
    words.addAll(sweep.refusals());
    words.add(0, "Adapters: " + String.join(", ", sortedNames()));
    return new Health(PART, true, String.join("; ", words));
  }

  private List<String> sortedNames() {
    return stores.present().keySet().stream().sorted().toList();
  }
}
