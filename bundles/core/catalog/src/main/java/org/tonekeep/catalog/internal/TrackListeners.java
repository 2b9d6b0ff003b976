package org.tonekeep.catalog.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackListener;
import org.tonekeep.tenant.api.TenantId;

/**
 * The bundles that keep data of their own for a track. They are got only when one is called: most
 * of them depend on the catalogue, and getting them earlier would be a circle.
 */
@Component(service = TrackListeners.class)
public final class TrackListeners {
  private final List<ComponentServiceObjects<TrackListener>> listeners =
      new CopyOnWriteArrayList<>();

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unbind")
  void bind(ComponentServiceObjects<TrackListener> listener) {
    listeners.add(listener);
  }

  void unbind(ComponentServiceObjects<TrackListener> listener) {
    listeners.removeIf(l -> l.getServiceReference().equals(listener.getServiceReference()));
  }

  /** Tells all of them, in the running transaction. */
  void purged(TenantId tenant, TrackId track) {
    for (ComponentServiceObjects<TrackListener> listener : listeners) {
      TrackListener service = listener.getService();
      if (service != null) {
        try {
          service.trackPurged(tenant, track);
        } finally {
          listener.ungetService(service);
        }
      }
    }
  }
}
