package org.tonekeep.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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
 * minute the others are counted, and the count is one entry when the minute is over. Alike are
 * those of one address as it was typed, whether it has an account or not: nobody learns from what
 * is written which addresses are known.
 */
@Component(service = Failures.class, immediate = true) // keeps counts
public final class Failures {
  private static final int SINGLE = 10;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Most windows of a tenant; what comes when there are more is counted together. */
  static final int MOST = 200;

  /**
   * What is counted together.
   *
   * @param subject SHA-256 of the address, which is not kept here; empty for the addresses after
   *     too many others
   */
  private record Alike(TenantId tenant, String action, String subject, String why) {}

  private static final class Window {
    final Instant until;
    final Optional<AccountId> account;
    int count;

    Window(Instant until, Optional<AccountId> account) {
      this.until = until;
      this.account = account;
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
   * @param subject the address as it was typed, in its normal form
   * @param account whose, when it is known
   * @param why a word, such as {@code password}
   * @param tag see {@link org.tonekeep.rest.api.Peer#tag}
   */
  void note(
      TenantId tenant,
      String action,
      String subject,
      Optional<Account> account,
      String why,
      String tag) {
    Alike alike = new Alike(tenant, action, digest(subject), why);
    Optional<AccountId> owner = account.map(Account::id);
    if (counted(alike, owner) <= SINGLE) {
      audit.append(tenant, entry(alike, owner).from(tag));
    }
  }

  /** As above, of an account under its own address. */
  void note(Account account, String action, String why, String tag) {
    String subject = AuthService.typed(account.email());
    note(account.tenant(), action, subject, Optional.of(account), why, tag);
  }

  private int counted(Alike alike, Optional<AccountId> owner) {
    Instant now = clock.instant();
    write(now);
    synchronized (windows) {
      boolean own = windows.containsKey(alike) || hasRoom(alike.tenant());
      Alike key = own ? alike : new Alike(alike.tenant(), alike.action(), "", alike.why());
      Window window =
          windows.computeIfAbsent(
              key, a -> new Window(now.plus(WINDOW), own ? owner : Optional.empty()));
      return ++window.count;
    }
  }

  private boolean hasRoom(TenantId tenant) {
    return windows.keySet().stream().filter(alike -> alike.tenant().equals(tenant)).count() < MOST;
  }

  /** Writes the counts of the minutes that are over. */
  void write() {
    write(clock.instant());
  }

  private void write(Instant now) {
    Map<Alike, Window> over = new LinkedHashMap<>();
    synchronized (windows) {
      windows
          .entrySet()
          .removeIf(
              e -> {
                boolean ended = !now.isBefore(e.getValue().until);
                if (ended && e.getValue().count > SINGLE) {
                  over.put(e.getKey(), e.getValue());
                }
                return ended;
              });
    }
    over.forEach(
        (alike, window) ->
            audit.append(
                alike.tenant(),
                entry(alike, window.account)
                    .with("more", Integer.toString(window.count - SINGLE))));
  }

  private static AuditEntry entry(Alike alike, Optional<AccountId> account) {
    AuditEntry entry =
        AuditEntry.of(Actor.stranger(), alike.action()).failed().with("why", alike.why());
    return account.isPresent() ? entry.ownedBy(account.get()) : entry;
  }

  private static String digest(String subject) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(subject.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
