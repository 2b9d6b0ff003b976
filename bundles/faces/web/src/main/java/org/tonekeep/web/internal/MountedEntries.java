package org.tonekeep.web.internal;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.web.api.WebEntry;

/** The entries that are there, and which of them a tenant sees. */
@Component(service = MountedEntries.class)
public final class MountedEntries {
  private static final Logger LOG = LoggerFactory.getLogger(MountedEntries.class);
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  private final Gate gate;
  private final MountedEntry shell = new MountedEntry(new ShellEntry());
  private final List<MountedEntry> mounted = new CopyOnWriteArrayList<>();

  @Activate
  public MountedEntries(@Reference Gate gate) {
    this.gate = gate;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addEntry(WebEntry entry) {
    if (!ID.matcher(entry.id()).matches() || entry.id().equals(ShellEntry.ID)) {
      LOG.warn("The web entry '{}' is ignored: not a possible name", entry.id());
      return;
    }
    mounted.add(new MountedEntry(entry));
  }

  void removeEntry(WebEntry entry) {
    mounted.removeIf(m -> m.entry() == entry);
  }

  MountedEntry shell() {
    return shell;
  }

  /** The shell or an entry that is on for the tenant. */
  Optional<MountedEntry> find(TenantId tenant, String id) {
    if (id.equals(ShellEntry.ID)) {
      return Optional.of(shell);
    }
    return on(tenant).stream().filter(m -> m.entry().id().equals(id)).findFirst();
  }

  /**
   * The entries that are on for the tenant, by id. While a bundle is updated two of one id may be
   * there for a moment: the newer counts.
   */
  List<MountedEntry> on(TenantId tenant) {
    TreeMap<String, MountedEntry> byId = new TreeMap<>();
    mounted.stream()
        .filter(m -> m.entry().feature().isEmpty() || gate.isOn(tenant, m.entry().feature()))
        .forEach(m -> byId.put(m.entry().id(), m));
    return List.copyOf(byId.values());
  }
}
