package org.tonekeep.rest.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.rest.api.HttpDoor;

/** The doors that are open, by their paths; a closing one first lets its requests end. */
@Component(service = Doors.class)
public final class Doors {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  private final Map<ServiceReference<HttpDoor>, Open> doors = new ConcurrentHashMap<>();

  private volatile Duration patience = InFlight.PATIENCE;

  @Activate
  public Doors() {}

  /** From now on a door that closes does not wait for its requests. */
  void waitNoMore() {
    patience = Duration.ZERO;
  }

  record Open(HttpDoor door, String path, String feature, boolean ownHostOnly, InFlight inFlight) {
    boolean serves(String wanted) {
      return path.endsWith("/")
          ? wanted.startsWith(path)
          : wanted.equals(path) || wanted.startsWith(path + "/");
    }
  }

  @Reference(
      service = HttpDoor.class,
      unbind = "close",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void open(HttpDoor door, ServiceReference<HttpDoor> reference) {
    Object feature = reference.getProperty(HttpDoor.FEATURE);
    doors.put(
        reference,
        new Open(
            door,
            String.valueOf(reference.getProperty(HttpDoor.PATH)),
            feature == null ? "" : feature.toString(),
            Boolean.parseBoolean(String.valueOf(reference.getProperty(HttpDoor.OWN_HOST_ONLY))),
            new InFlight()));
  }

  void close(HttpDoor door, ServiceReference<HttpDoor> reference) {
    Open closing = doors.remove(reference);
    if (closing != null && !closing.inFlight().drain(patience)) {
      LOG.warn("Requests of the door {} did not end in time", closing.path());
    }
  }

  /** The paths of the open doors. */
  List<String> paths() {
    return doors.values().stream().map(Open::path).toList();
  }

  /** The door with the longest path that serves it. */
  Optional<Open> find(String path) {
    return doors.values().stream()
        .filter(open -> open.serves(path))
        .reduce((one, two) -> one.path().length() >= two.path().length() ? one : two);
  }
}
