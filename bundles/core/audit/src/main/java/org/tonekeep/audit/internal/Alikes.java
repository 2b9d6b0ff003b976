package org.tonekeep.audit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.tenant.api.TenantId;

/**
 * Counts acts that are alike, so that a flood of failures does not flood the log: ten in a minute
 * are written, the others become one entry with their number.
 */
final class Alikes {
  static final int SINGLE = 10;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Most windows of a tenant; what comes when there are more is counted by its action. */
  static final int MOST = 500;

  private record Alike(
      TenantId tenant, Actor.Kind kind, String action, String subject, String peer) {}

  private static final class Window {
    private final Instant until;
    private final AuditEntry entry;
    private int count;

    Window(Instant until, AuditEntry entry) {
      this.until = until;
      this.entry = entry;
    }
  }

  /** A count that is to be written. */
  record Counted(TenantId tenant, AuditEntry entry) {}

  private final Map<Alike, Window> windows = new LinkedHashMap<>();

  /** Whether the entry is to be written by itself. */
  synchronized boolean single(TenantId tenant, AuditEntry entry, Instant now) {
    Alike exact =
        new Alike(tenant, entry.actor().kind(), entry.action(), entry.subject(), entry.peer());
    boolean own = windows.containsKey(exact) || hasRoom(tenant);
    Alike key = own ? exact : new Alike(tenant, exact.kind(), exact.action(), "", "");
    AuditEntry first = own ? entry : bare(entry);
    Window window = windows.computeIfAbsent(key, a -> new Window(now.plus(WINDOW), first));
    return ++window.count <= SINGLE;
  }

  /** What entries of one action have in common. */
  private static AuditEntry bare(AuditEntry entry) {
    AuditEntry bare = AuditEntry.of(new Actor(entry.actor().kind(), ""), entry.action());
    return entry.success() ? bare : bare.failed();
  }

  private boolean hasRoom(TenantId tenant) {
    return windows.keySet().stream().filter(alike -> alike.tenant().equals(tenant)).count() < MOST;
  }

  /** The counts of the minutes that are over; forgets them. */
  synchronized List<Counted> over(Instant now) {
    List<Counted> over = new ArrayList<>();
    windows
        .entrySet()
        .removeIf(
            e -> {
              Window window = e.getValue();
              boolean ended = !now.isBefore(window.until);
              if (ended && window.count > SINGLE) {
                over.add(counted(e.getKey(), window));
              }
              return ended;
            });
    return over;
  }

  private static Counted counted(Alike alike, Window window) {
    AuditEntry first = window.entry;
    String more = Integer.toString(window.count - SINGLE);
    return new Counted(
        alike.tenant(),
        new AuditEntry(
            first.actor(),
            first.action(),
            first.subject(),
            first.owner(),
            first.peer(),
            first.success(),
            Map.of("more", more)));
  }
}
