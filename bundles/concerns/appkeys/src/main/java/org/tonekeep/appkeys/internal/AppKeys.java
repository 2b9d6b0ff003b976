package org.tonekeep.appkeys.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.appkeys.internal.jpa.AppKeyStore;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Makes, lists and ends keys. */
@Component(service = AppKeys.class)
public final class AppKeys {
  static final int MOST = 50;
  private static final int LONGEST_NAME = 60;
  private static final Duration USUAL_LIFE = Duration.ofDays(365);
  private static final Duration LONGEST_LIFE = Duration.ofDays(731);
  private static final int TRIES = 10;
  private static final int PAGE = 500;

  private final Tenants tenants;
  private final Accounts accounts;
  private final AppKeyStore store;
  private final KeyTokens tokens;
  private final KeyCallers callers;
  private final Audit audit;
  private final Mails mails;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public AppKeys(
      @Reference Tenants tenants,
      @Reference Accounts accounts,
      @Reference AppKeyStore store,
      @Reference KeyTokens tokens,
      @Reference KeyCallers callers,
      @Reference Audit audit,
      @Reference Mails mails,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.store = store;
    this.tokens = tokens;
    this.callers = callers;
    this.audit = audit;
    this.mails = mails;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * A key that was just made.
   *
   * @param token shown once
   */
  public record Made(AppKey key, String token) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Made[" + key + "]";
    }
  }

  /**
   * Makes a key and tells its owner by mail.
   *
   * @param scopes {@link Scope#READ}, {@link Scope#UPLOAD} or both; or {@link Scope#SUBSONIC} alone
   * @param expiresAt at most two years from now; a year when empty
   * @param peer see {@code rest.api.Peer#tag}
   * @throws ProblemException 422 naming the fields, 409 {@code too-many-keys}
   */
  public Made create(
      Caller caller, String name, Set<Scope> scopes, Optional<Instant> expiresAt, String peer) {
    Instant now = clock.instant();
    Instant end = expiresAt.orElse(now.plus(USUAL_LIFE));
    String called = name.strip();
    if (called.isEmpty() || called.length() > LONGEST_NAME || !printable(called)) {
      throw invalid("/name", "1 to 60 characters, no control characters");
    }
    if (!now.isBefore(end) || end.isAfter(now.plus(LONGEST_LIFE))) {
      throw invalid("/expiresAt", "A time in the future, at most two years from now");
    }
    requireSensible(scopes);
    for (int i = 1; ; i++) {
      try {
        return tx.call(caller.tenant(), () -> make(caller, called, scopes, now, end, peer));
      } catch (SlotTakenException e) {
        if (i == TRIES) {
          throw ProblemException.of(
              409, "busy", "Busy", "Other keys are being made at this moment; try again");
        }
      }
    }
  }

  private Made make(
      Caller caller, String name, Set<Scope> scopes, Instant now, Instant end, String peer) {
    TenantId tenant = caller.tenant();
    Account owner = accounts.find(tenant, caller.account()).orElseThrow(ProblemException::notFound);
    store.removeDead(tenant, owner.id(), owner.epoch(), now);
    String id = Ids.next(clock);
    String token = tokens.next(tenant, id);
    AppKey key =
        new AppKey(
            id,
            owner.id(),
            name,
            scopes,
            KeyTokens.hash(token),
            owner.epoch(),
            now,
            end,
            Optional.empty());
    if (!store.insert(tenant, key, scopes.contains(Scope.SUBSONIC) ? token : null, MOST)) {
      throw ProblemException.of(
          409, "too-many-keys", "Too many keys", "Remove one of your 50 keys first");
    }
    String words = words(scopes);
    audit.append(
        tenant,
        AuditEntry.of(Actor.of(caller), "key.create")
            .on(id)
            .ownedBy(owner.id())
            .from(peer)
            .with("scope", words));
    // Without the name: a thief's own words would reach the owner in our name.
    boolean unusedTold =
        mails.tell(
            tenant,
            new Letter(
                AppKeysMails.CREATED,
                owner.email(),
                Optional.of(owner.id()),
                Map.of(
                    "scope",
                    words,
                    "expires",
                    LocalDate.ofInstant(end, ZoneOffset.UTC).toString())));
    return new Made(key, token);
  }

  /** The account's keys that are alive, newest first. */
  public List<AppKey> list(Caller caller) {
    Instant now = clock.instant();
    return accounts
        .find(caller.tenant(), caller.account())
        .map(
            owner ->
                store.list(caller.tenant(), owner.id()).stream()
                    .filter(key -> key.lives(owner, now))
                    .toList())
        .orElse(List.of());
  }

  /** Ends a key of the caller; false when there is none of that id. */
  public boolean end(Caller caller, String id, String peer) {
    TenantId tenant = caller.tenant();
    return tx.call(
        tenant,
        () -> {
          if (!store.remove(tenant, caller.account(), id)) {
            return false;
          }
          audit.append(
              tenant,
              AuditEntry.of(Actor.of(caller), "key.revoke")
                  .on(id)
                  .ownedBy(caller.account())
                  .from(peer));
          forget(tenant, caller.account());
          return true;
        });
  }

  /** Ends all keys of the account; joins the running transaction. */
  void endAll(TenantId tenant, AccountId account) {
    store.removeAll(tenant, account);
    forget(tenant, account);
  }

  private void forget(TenantId tenant, AccountId account) {
    tx.afterCommit(() -> callers.forget(tenant, account));
  }

  /** Removes keys that have expired or whose epoch is over, also of suspended tenants. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      store.purge(tenant.id(), clock.instant());
      purgeEpochs(tenant.id());
    }
  }

  private void purgeEpochs(TenantId tenant) {
    List<AccountId> page = store.accounts(tenant, "", PAGE);
    while (!page.isEmpty()) {
      for (AccountId id : page) {
        accounts
            .find(tenant, id)
            .ifPresent(owner -> store.removeDead(tenant, id, owner.epoch(), clock.instant()));
      }
      page = store.accounts(tenant, page.get(page.size() - 1).value(), PAGE);
    }
  }

  /** Lower-case words, sorted, with blanks between them. */
  public static String words(Set<Scope> scopes) {
    return scopes.stream()
        .map(scope -> scope.name().toLowerCase(java.util.Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /**
   * Players send their key again and again as a weak digest, in addresses: what they can leak must
   * open nothing but their own door.
   */
  private static void requireSensible(Set<Scope> scopes) {
    boolean player = scopes.equals(Set.of(Scope.SUBSONIC));
    boolean script = !scopes.isEmpty() && Set.of(Scope.READ, Scope.UPLOAD).containsAll(scopes);
    if (!player && !script) {
      throw invalid("/scope", "read, upload, \"read upload\" or subsonic");
    }
  }

  private static boolean printable(String text) {
    return text.codePoints().allMatch(DisplayName::printable);
  }

  private static ProblemException invalid(String pointer, String detail) {
    return ProblemException.invalid(new FieldError(pointer, detail));
  }
}
