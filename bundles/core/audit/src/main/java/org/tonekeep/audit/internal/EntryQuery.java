package org.tonekeep.audit.internal;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are wanted, newest first.
 *
 * @param action beginning of their action; empty for all
 * @param subject empty for all
 * @param owner an account id; empty for all
 * @param actor an account id, or a kind in upper case such as OPERATOR; empty for all
 * @param before an entry's id: only older ones; empty for the newest
 */
public record EntryQuery(
    String action,
    String subject,
    String owner,
    String actor,
    Optional<Instant> since,
    Optional<Instant> until,
    String before,
    int limit) {
  /** The newest of all. */
  public static EntryQuery newest(String action, int limit) {
    return new EntryQuery(action, "", "", "", Optional.empty(), Optional.empty(), "", limit);
  }
}
