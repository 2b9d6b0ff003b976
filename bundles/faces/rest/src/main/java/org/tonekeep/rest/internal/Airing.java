package org.tonekeep.rest.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;

/**
 * Whether every resource and door that a running bundle describes is on the air: one that waits for
 * its database or another service is not.
 */
@Component(service = Readiness.class)
public final class Airing implements Readiness {
  static final String PART = "resources";

  private final ServiceComponentRuntime components;
  private final RestPublisher resources;
  private final Doors doors;

  @Activate
  public Airing(
      @Reference ServiceComponentRuntime components,
      @Reference RestPublisher resources,
      @Reference Doors doors) {
    this.components = components;
    this.resources = resources;
    this.doors = doors;
  }

  @Override
  public Health check() {
    Set<String> absent = new TreeSet<>();
    for (ComponentDescriptionDTO described : components.getComponentDescriptionDTOs()) {
      List<String> services = Arrays.asList(described.serviceInterfaces);
      Map<String, Object> properties = described.properties;
      if (services.contains(RestResource.class.getName())) {
        absent.add(String.valueOf(properties.get(RestBase.PREFIX_ + "base")));
      }
      if (services.contains(HttpDoor.class.getName())) {
        absent.add(String.valueOf(properties.get(HttpDoor.PATH)));
      }
    }
    resources.all().forEach(published -> absent.remove(published.base()));
    doors.paths().forEach(absent::remove);
    return absent.isEmpty()
        ? new Health(PART, true, "everything is on the air")
        : new Health(PART, false, "not on the air: " + String.join(", ", absent));
  }
}
