package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * Writes down failures of proving who one is. A flood does not flood the log: after ten alike in a
 * minute the others are counted, and the count is one entry when the minute is over.
 */
@Component(service = Failures.class, immediate = true) // keeps counts
public final class Failures {
  private static final int SINGLE = 10;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private record Alike(TenantId tenant, String action, Optional<AccountId> account, String why) {}

  private static final class Window {
    final Instant until;
    int count;

    Window(Instant until) {
      this.until = until;
    }
  }

  private final Audit audit;
  private final Clock clock;
  private final Map<Alike, Window> windows = new LinkedHashMap<>();

  @Activate
  public Failures(@Reference Audit audit, @Reference Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Notes a failure, outside of the transaction that it undoes.
   *
   * @param account whose, when it is known
   * @param why a word, such as {@code password}
   * @param tag see {@link org.tonekeep.rest.api.Peer#tag}
   */
  void note(TenantId tenant, String action, Optional<Account> account, String why, String tag) {
    Alike alike = new Alike(tenant, action, account.map(Account::id), why);
    if (counted(alike) <= SINGLE) {
      audit.append(tenant, entry(alike).from(tag));
    }
  }

  private int counted(Alike alike) {
    Instant now = clock.instant();
    write(now);
    synchronized (windows) {
      Window window = windows.computeIfAbsent(alike, a -> new Window(now.plus(WINDOW)));
      return ++window.count;
    }
  }

  /** Writes the counts of the minutes that are over. */
  void write() {
    write(clock.instant());
  }

  private void write(Instant now) {
    Map<Alike, Integer> over = new LinkedHashMap<>();
    synchronized (windows) {
      windows
          .entrySet()
          .removeIf(
              e -> {
                boolean ended = !now.isBefore(e.getValue().until);
                if (ended && e.getValue().count > SINGLE) {
                  over.put(e.getKey(), e.getValue().count - SINGLE);
                }
                return ended;
              });
    }
    over.forEach(
        (alike, more) ->
            audit.append(alike.tenant(), entry(alike).with("more", Integer.toString(more))));
  }

  private static AuditEntry entry(Alike alike) {
    AuditEntry entry =
        AuditEntry.of(Actor.stranger(), alike.action()).failed().with("why", alike.why());
    return alike.account().isPresent() ? entry.ownedBy(alike.account().get()) : entry;
  }
}
