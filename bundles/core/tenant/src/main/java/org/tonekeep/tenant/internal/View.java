package org.tonekeep.tenant.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;

/** All tenants at one moment; immutable. */
final class View {
  static final View EMPTY = new View(new TreeMap<>());
  private final SortedMap<TenantId, Status> statuses;
  private final Map<String, Tenant> byHost = new HashMap<>();
  private final List<Tenant> tenants;

  View(SortedMap<TenantId, Status> statuses) {
    this.statuses = new TreeMap<>(statuses);
    this.tenants = statuses.values().stream().flatMap(s -> s.tenant().stream()).toList();
    tenants.stream()
        .filter(t -> !t.suspended())
        .forEach(t -> t.hosts().forEach(h -> byHost.put(h, t)));
  }

  List<Status> statuses() {
    return List.copyOf(statuses.values());
  }

  Optional<Status> status(TenantId id) {
    return Optional.ofNullable(statuses.get(id));
  }

  Optional<Tenant> find(TenantId id) {
    return status(id).flatMap(Status::tenant);
  }

  Optional<Tenant> byHost(String host) {
    return Optional.ofNullable(byHost.get(HostName.normal(host)));
  }

  List<Tenant> all() {
    return tenants;
  }
}
