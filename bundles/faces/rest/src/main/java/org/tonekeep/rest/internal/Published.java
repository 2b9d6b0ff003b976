package org.tonekeep.rest.internal;

import java.time.Duration;
import java.util.Optional;
import org.apache.cxf.endpoint.Server;
import org.tonekeep.rest.api.LimitedAct;

/**
 * A JAX-RS resource that is on the air.
 *
 * @param number never used twice: what is remembered by it cannot be mistaken for a later resource
 * @param base full literal path, such as {@code /api/auth}
 * @param feature that must be on; empty for core
 * @param streaming whether bodies may pass the JSON limit
 * @param limited as what a POST to the base counts against limits
 */
record Published(
    long number,
    String base,
    String feature,
    boolean streaming,
    Optional<LimitedAct> limited,
    ApiPiece description,
    Server server,
    EventStreams streams,
    InFlight inFlight) {

  /** Whether a path is the base or below it. */
  boolean serves(String path) {
    return path.equals(base) || path.startsWith(base + "/");
  }

  /**
   * Lets nobody in, ends the event streams, waits for the other requests and goes off the air.
   *
   * @return whether all requests ended in time
   */
  boolean takeDown(Duration patience) {
    inFlight.close();
    streams.close();
    boolean ended = inFlight.drain(patience);
    server.stop();
    server.destroy();
    return ended;
  }
}
