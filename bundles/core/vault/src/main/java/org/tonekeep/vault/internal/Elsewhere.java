package org.tonekeep.vault.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.vault.internal.jpa.BlobRowStore;

/**
 * Which blobs lie in another adapter than their tenant's, counted anew every {@value #SECONDS}
 * seconds at most, since it is asked often and counting many takes a while.
 */
@Component(service = Elsewhere.class)
public final class Elsewhere {
  static final int SECONDS = 15;

  private final Tenants tenants;
  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final Clock clock;
  private volatile Counted counted = new Counted(Instant.MIN, List.of());

  @Activate
  public Elsewhere(
      @Reference Tenants tenants,
      @Reference StoreBoard stores,
      @Reference BlobRowStore rows,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.stores = stores;
    this.rows = rows;
    this.clock = clock;
  }

  private record Counted(Instant good, List<Place> places) {}

  private record Place(Tenant tenant, String adapter, long blobs) {
    String words(boolean here) {
      return blobs
          + " blobs of "
          + tenant.id()
          + " still need adapter '"
          + adapter
          + "'"
          + (here ? "" : ", which is NOT RUNNING");
    }
  }

  /** For the operator; empty when every blob lies in its tenant's adapter. */
  List<String> words() {
    Counted now = counted;
    Instant time = clock.instant();
    if (time.isAfter(now.good())) {
      now = new Counted(time.plus(Duration.ofSeconds(SECONDS)), count());
      counted = now;
    }
    return now.places().stream()
        .map(place -> place.words(stores.find(place.adapter()).isPresent()))
        .toList();
  }

  private List<Place> count() {
    List<Place> places = new ArrayList<>();
    for (Tenant tenant : tenants.all()) {
      rows.elsewhere(tenant.id(), tenant.get(VaultKeys.ADAPTER))
          .forEach((adapter, blobs) -> places.add(new Place(tenant, adapter, blobs)));
    }
    return places;
  }
}
