package org.tonekeep.audit.internal.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as somebody whom it concerns sees it.
 *
 * @param who {@code you}, or what the other one is: {@code staff}, {@code recipient}, {@code
 *     stranger}, {@code operator} or {@code platform}; never who
 * @param subject an id
 * @param done false when it was refused or failed
 * @param network the pseudonym of the network of that day, for one's own acts; may be empty
 * @param proof where the proof is
 */
public record EntryJson(
    String id,
    Instant at,
    String who,
    String action,
    String subject,
    boolean mine,
    boolean done,
    String network,
    Map<String, String> facts,
    String proof) {
  /** A page, newest first. */
  public record Page(List<EntryJson> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }
}
