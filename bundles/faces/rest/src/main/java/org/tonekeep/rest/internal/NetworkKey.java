package org.tonekeep.rest.internal;

import java.util.List;

/**
 * What {@link org.tonekeep.rest.api.Peer#limitKey} is made of: only the limits look into it.
 *
 * @param own tells networks apart as finely as the tenant allows
 * @param wider the address without what its visitor chooses, then the networks around it
 */
record NetworkKey(String own, List<String> wider) {
  private static final String BETWEEN = "/";

  NetworkKey {
    wider = List.copyOf(wider);
  }

  static NetworkKey of(String limitKey) {
    List<String> parts = List.of(limitKey.split(BETWEEN, -1));
    return new NetworkKey(parts.get(0), parts.subList(1, parts.size()));
  }

  /** The address alone: no user agent made up for a try is a new one. */
  String address() {
    return wider.isEmpty() ? own : wider.get(0);
  }

  String limitKey() {
    return wider.isEmpty() ? own : own + BETWEEN + String.join(BETWEEN, wider);
  }
}
