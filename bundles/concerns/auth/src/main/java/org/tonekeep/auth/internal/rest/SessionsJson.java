package org.tonekeep.auth.internal.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The own sessions, newest first, all on one page. */
public record SessionsJson(List<Item> items, @Nullable String next) {
  /**
   * A session.
   *
   * @param lastSeen true to about a minute
   * @param label what is kept of the device; null when nothing is
   * @param current whether it is the one that asks
   */
  public record Item(
      String id, Instant created, Instant lastSeen, @Nullable String label, boolean current) {}
}
