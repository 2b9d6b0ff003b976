package org.tonekeep.rest.internal;

import org.apache.cxf.endpoint.Server;

/**
 * A JAX-RS resource that is on the air.
 *
 * @param base full literal path, such as {@code /api/auth}
 * @param feature that must be on; empty for core
 * @param streaming whether bodies may pass the JSON limit
 */
record Published(
    String base,
    String feature,
    boolean streaming,
    Class<?> type,
    Server server,
    InFlight inFlight) {

  /** Whether a path is the base or below it. */
  boolean serves(String path) {
    return path.equals(base) || path.startsWith(base + "/");
  }
}
