package org.tonekeep.vault.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.LiveHolders;
import org.tonekeep.tenant.api.TenantId;

/** Who knows which kind of holders, by the kind. */
@Component(service = HolderBoard.class)
public final class HolderBoard {
  private final Map<String, LiveHolders> kinds = new ConcurrentHashMap<>();

  @Activate
  public HolderBoard() {}

  @Reference(
      service = LiveHolders.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addKind(LiveHolders holders, Map<String, Object> properties) {
    kinds.put(kind(properties), holders);
  }

  void removeKind(LiveHolders holders, Map<String, Object> properties) {
    // Only itself: an updated bundle may have put its successor here already.
    boolean unused = kinds.remove(kind(properties), holders);
  }

  private static String kind(Map<String, Object> properties) {
    return String.valueOf(properties.get(LiveHolders.KIND));
  }

  /** Whether all of them are alive; none is of which nobody knows. */
  boolean allLive(TenantId tenant, List<Holder> holders) {
    return holders.stream()
        .allMatch(
            holder -> {
              LiveHolders known = kinds.get(holder.kind());
              return known != null && known.isLive(tenant, holder);
            });
  }
}
