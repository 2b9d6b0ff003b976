package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.tenant.api.TenantId;

/**
 * Tells an owner, once a day, that strangers guess his password: nobody is locked out for that, so
 * he should know. Counts in memory, by UTC day; the mail goes out a moment later, so that no answer
 * takes longer because of it.
 *
 * <p>He is also told, once a day, when somebody had the right password: when no good code followed
 * from the same network, one that the account does not know, within {@link #PATIENCE}. A restart
 * within that time forgets it; the audit log has it.
 */
@Component(service = Guesses.class, immediate = true) // keeps counts
public final class Guesses {
  /** Failures of a day that are nobody's business yet. */
  static final int HARMLESS = 20;

  /** How long a right password may wait for its code: the page asks for one after the other. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Most accounts that are counted. */
  static final int MOST = 100_000;

  private record Whose(TenantId tenant, AccountId account) {
    static Whose of(Account account) {
      return new Whose(account.tenant(), account.id());
    }
  }

  /** A right password from a network, without a code. */
  private record Halfway(Whose whose, String network) {
    /** Without the network. */
    @Override
    public String toString() {
      return "Halfway";
    }
  }

  private final Accounts accounts;
  private final MailTokens tokens;
  private final Mails mails;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;
  private final Map<Whose, Integer> counts = new HashMap<>();
  private final Map<Halfway, Instant> halfway = new ConcurrentHashMap<>();
  private LocalDate day = LocalDate.EPOCH;

  @Activate
  public Guesses(
      @Reference Accounts accounts,
      @Reference MailTokens tokens,
      @Reference Mails mails,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.mails = mails;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  /** Notes a failure from a network that the account does not know. */
  void note(Account account) {
    synchronized (counts) {
      begin();
      Whose whose = Whose.of(account);
      if (counts.size() < MOST || counts.containsKey(whose)) {
        counts.merge(whose, 1, Integer::sum);
      }
    }
  }

  /** Notes a right password, from a network that the account does not know, without its code. */
  void halfway(Account account, Peer peer) {
    if (halfway.size() < MOST) {
      Object unused =
          halfway.putIfAbsent(new Halfway(Whose.of(account), peer.limitKey()), clock.instant());
    }
  }

  /** The code has followed. */
  void passed(Account account, Peer peer) {
    Object unused = halfway.remove(new Halfway(Whose.of(account), peer.limitKey()));
  }

  private void begin() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!today.equals(day)) {
      counts.clear();
      day = today;
    }
  }

  /** Tells the owners who were not told today. */
  void write() {
    List<Map.Entry<Whose, Integer>> many = new ArrayList<>();
    synchronized (counts) {
      begin();
      counts.forEach((whose, count) -> note(many, whose, count));
    }
    for (Map.Entry<Whose, Integer> entry : many) {
      tell(entry.getKey(), account -> tell(account, entry.getValue()));
      synchronized (counts) {
        counts.put(entry.getKey(), Integer.MIN_VALUE); // seen to for today
      }
    }
    Instant late = clock.instant().minus(PATIENCE);
    halfway.forEach(
        (tried, since) -> {
          if (!since.isAfter(late)) {
            tell(tried.whose(), this::tellCodeless);
            halfway.remove(tried, since);
          }
        });
  }

  private static void note(List<Map.Entry<Whose, Integer>> many, Whose whose, int count) {
    if (count > HARMLESS) {
      many.add(Map.entry(whose, count));
    }
  }

  private void tell(Whose whose, Consumer<Account> words) {
    tx.run(
        whose.tenant(),
        () ->
            accounts
                .find(whose.tenant(), whose.account())
                .filter(account -> account.state() == AccountState.ACTIVE)
                .ifPresent(words));
  }

  private void tell(Account account, int count) {
    if (tokens.issue(account, TokenKind.GUESSED, "").isEmpty()) {
      return; // another node, or this one before a restart, has told
    }
    boolean told = mails.tell(account.tenant(), AuthMails.guessed(account));
    audit.append(
        account.tenant(),
        AuditEntry.of(Actor.platform(), "password.guessed")
            .on(account.id().value())
            .ownedBy(account.id())
            .with("failures", Integer.toString(count))
            .with("told", Boolean.toString(told)));
  }

  private void tellCodeless(Account account) {
    if (tokens.issue(account, TokenKind.CODELESS, "").isEmpty()) {
      return; // told today
    }
    boolean told = mails.tell(account.tenant(), AuthMails.codeless(account));
    audit.append(
        account.tenant(),
        AuditEntry.of(Actor.platform(), "password.codeless")
            .on(account.id().value())
            .ownedBy(account.id())
            .with("told", Boolean.toString(told)));
  }
}
