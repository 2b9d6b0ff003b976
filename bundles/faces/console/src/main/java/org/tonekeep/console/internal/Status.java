package org.tonekeep.console.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/** How the installation stands, gathered from every part. */
@Component(service = Status.class)
public final class Status {
  private static final Logger LOG = LoggerFactory.getLogger(Status.class);

  /** Parts without which there is no site; others come with their bundles. */
  private static final Set<String> NEEDED = Set.of("database", "migrations", "http");

  private final Tenants tenants;
  private final Gate gate;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  final List<Readiness> parts = new CopyOnWriteArrayList<>();

  @Activate
  public Status(@Reference Tenants tenants, @Reference Gate gate) {
    this.tenants = tenants;
    this.gate = gate;
  }

  /** Each part's line, by name. */
  List<Readiness.Health> lines() {
    List<Readiness.Health> lines = new ArrayList<>();
    for (Readiness part : parts) {
      lines.add(health(part));
    }
    lines.sort(Comparator.comparing(Readiness.Health::part));
    return lines;
  }

  /** A part that cannot even say how it stands is not ready; the others are still shown. */
  private static Readiness.Health health(Readiness part) {
    try {
      return part.check();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The readiness of {} could not be asked", part.getClass().getName(), e);
      return new Readiness.Health(part.getClass().getSimpleName(), false, "does not answer");
    }
  }

  /** Why the installation is not ready; empty when it is. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    Set<String> absent = new TreeSet<>(NEEDED);
    for (Readiness.Health line : lines()) {
      absent.remove(line.part());
      if (!line.ready()) {
        missing.add(line.part() + ": " + line.detail());
      }
    }
    absent.forEach(part -> missing.add(part + ": not there yet"));
    if (tenants.all().isEmpty()) {
      missing.add("tenants: none yet");
    }
    Set<String> off = new TreeSet<>();
    for (Tenant tenant : tenants.all()) {
      for (String feature : tenant.suspended() ? Set.<String>of() : tenant.features()) {
        if (!gate.isOn(tenant.id(), feature)) {
          off.add(feature);
        }
      }
    }
    off.forEach(feature -> missing.add("feature " + feature + ": its bundle is not active"));
    return missing;
  }

  /** The sites that answer. */
  List<Tenant> sites() {
    return tenants.all().stream().filter(tenant -> !tenant.suspended()).toList();
  }
}
