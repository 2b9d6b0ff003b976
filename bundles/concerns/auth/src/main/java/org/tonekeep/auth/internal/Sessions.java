package org.tonekeep.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.SessionStore;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Authenticator;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.LiveHolders;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Begins, recognises and ends sessions. A session is good in the epoch of its account in which it
 * began, and no longer. Writing methods join the running transaction.
 */
@Component(
    service = {Sessions.class, Authenticator.class, LiveHolders.class},
    property = LiveHolders.KIND + "=" + Holder.SESSION)
public final class Sessions implements Authenticator, LiveHolders {
  /** Most sessions of an account at a time; the oldest one goes. */
  static final int MOST = 50;

  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
  private static final int PAGE = 200;
  private static final String LABEL = "auth_session.label";
  private static final int LONGEST_LABEL = 100;

  private final Tenants tenants;
  private final Accounts accounts;
  private final SessionStore store;
  private final SessionTokens tokens;
  private final LastSeen lastSeen;
  private final OwnerKeys owners;
  private final Tx tx;
  private final Clock clock;
  private final CallerCache cache = new CallerCache();

  @Activate
  public Sessions(
      @Reference Tenants tenants,
      @Reference Accounts accounts,
      @Reference SessionStore store,
      @Reference SessionTokens tokens,
      @Reference LastSeen lastSeen,
      @Reference OwnerKeys owners,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.store = store;
    this.tokens = tokens;
    this.lastSeen = lastSeen;
    this.owners = owners;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * Begins a session in the account's epoch, with a fresh proof.
   *
   * @param device what may be kept of the user agent, or empty
   */
  public Begun begin(Account account, String device) {
    TenantId tenant = account.tenant();
    Duration ttl = SessionLimits.of(tenants.require(tenant)).ttl();
    Instant now = clock.instant();
    String label =
        device.isEmpty()
            ? ""
            : owners.sealText(tenant, account.id().value(), LABEL, shortened(device));
    store.removeBefore(tenant, account.id(), account.epoch());
    List<SessionRow> rows = store.list(tenant, account.id());
    rows.stream().skip(MOST - 1L).forEach(old -> store.remove(tenant, account.id(), old.id()));
    return insert(
        tenant,
        new SessionRow(
            Ids.next(clock), account.id(), account.epoch(), label, now, now, now.plus(ttl), now));
  }

  /**
   * Exchanges the caller's session for one of the account's epoch of now, with the old one's times
   * and label.
   *
   * @throws ProblemException 401 {@code sign-in-required} when it has ended meanwhile
   */
  public Begun rotate(Caller caller) {
    TenantId tenant = caller.tenant();
    Account account =
        accounts
            .find(tenant, caller.account())
            .filter(Sessions::active)
            .orElseThrow(Sessions::gone);
    SessionRow old = store.find(tenant, account.id(), caller.session()).orElseThrow(Sessions::gone);
    boolean ended = end(tenant, account.id(), old.id());
    if (!ended) {
      throw gone();
    }
    return insert(
        tenant,
        new SessionRow(
            Ids.next(clock),
            account.id(),
            account.epoch(),
            old.label(),
            old.createdAt(),
            clock.instant(),
            old.expiresAt(),
            old.provenAt()));
  }

  private Begun insert(TenantId tenant, SessionRow session) {
    SessionTokens.Token token = tokens.next(tenant);
    store.insert(tenant, token.hash(), session);
    return new Begun(
        cookieName(tenant), token.value(), Duration.between(clock.instant(), session.expiresAt()));
  }

  @Override
  public String cookieName(TenantId tenant) {
    return tenants
        .find(tenant)
        .map(t -> t.get(AuthKeys.COOKIE_NAME))
        .orElse(AuthKeys.COOKIE_NAME.defaultText());
  }

  @Override
  public Optional<Caller> authenticate(TenantId tenant, String token) {
    Optional<Tenant> site = tenants.find(tenant).filter(t -> !t.suspended());
    Optional<String> hash = tokens.hashOf(tenant, token);
    if (site.isEmpty() || hash.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant(); // before the look-up: what is remembered is never older
    Optional<Caller> known = cache.get(tenant, hash.get(), now);
    if (known.isPresent()) {
      return known;
    }
    Optional<Caller> caller =
        store
            .findByToken(tenant, hash.get())
            .filter(session -> SessionLimits.of(site.get()).allow(session, now))
            .flatMap(session -> caller(site.get(), session, now));
    caller.ifPresent(c -> cache.put(tenant, hash.get(), c, now));
    return caller;
  }

  @Override
  public boolean isLive(TenantId tenant, Holder holder) {
    Optional<Tenant> site = tenants.find(tenant).filter(t -> !t.suspended());
    if (site.isEmpty() || holder.account().isEmpty()) {
      return false;
    }
    AccountId account = holder.account().get();
    Instant now = clock.instant();
    // Sessions' ids stand beside the tokens' hashes: the two never look alike.
    Optional<Caller> known = cache.get(tenant, holder.id(), now);
    if (known.isPresent()) {
      return known.get().account().equals(account);
    }
    Optional<Caller> caller =
        store
            .find(tenant, account, holder.id())
            .filter(session -> SessionLimits.of(site.get()).allow(session, now))
            .flatMap(session -> caller(site.get(), session, now));
    caller.ifPresent(c -> cache.put(tenant, holder.id(), c, now));
    return caller.isPresent();
  }

  private Optional<Caller> caller(Tenant site, SessionRow session, Instant now) {
    Optional<Account> owner =
        accounts
            .find(site.id(), session.account())
            .filter(account -> active(account) && account.epoch() == session.epoch());
    if (owner.isPresent() && !session.lastSeen().plus(SEEN_EVERY).isAfter(now)) {
      lastSeen.note(site.id(), session.id(), now);
    }
    boolean proven = now.isBefore(session.provenAt().plus(site.get(AuthKeys.STEP_UP)));
    return owner.map(
        account ->
            new Caller(
                site.id(),
                account.id(),
                account.roles(),
                session.id(),
                java.util.Set.of(Scope.SESSION),
                proven));
  }

  /** Notes that the person has just proven to be the owner, in this session. */
  public void prove(Caller caller) {
    store.prove(caller.tenant(), caller.account(), caller.session(), clock.instant());
    forget(caller.tenant(), caller.account());
  }

  /** The account's sessions that are alive, newest first. */
  public List<SessionRow> list(TenantId tenant, AccountId account) {
    SessionLimits limits = SessionLimits.of(tenants.require(tenant));
    Instant now = clock.instant();
    Optional<Account> owner = accounts.find(tenant, account).filter(Sessions::active);
    return store.list(tenant, account).stream()
        .filter(s -> limits.allow(s, now))
        .filter(s -> owner.isPresent() && owner.get().epoch() == s.epoch())
        .toList();
  }

  /** What is kept of the session's device; empty when nothing is. */
  public String label(TenantId tenant, SessionRow session) {
    if (session.label().isEmpty()) {
      return "";
    }
    try {
      return owners.openText(tenant, session.account().value(), LABEL, session.label());
    } catch (NoOwnerKeyException e) {
      return ""; // the person is erased, the row goes soon
    }
  }

  /** Ends one session of the account; false when it has none of that id. */
  public boolean end(TenantId tenant, AccountId account, String session) {
    boolean ended = store.remove(tenant, account, session);
    forget(tenant, account);
    return ended;
  }

  /** Ends all sessions of the account but one; an empty id spares none. */
  public void endOthers(TenantId tenant, AccountId account, String spared) {
    store.removeOthers(tenant, account, spared);
    forget(tenant, account);
  }

  private void forget(TenantId tenant, AccountId account) {
    tx.afterCommit(() -> cache.forget(tenant, account));
  }

  /** Removes the rows of sessions that have ended, also of suspended tenants. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      store.purge(tenant.id(), SessionLimits.of(tenant), clock.instant());
      purgeEpochs(tenant.id());
    }
  }

  private void purgeEpochs(TenantId tenant) {
    List<AccountId> page = store.accounts(tenant, "", PAGE);
    while (!page.isEmpty()) {
      for (AccountId id : page) {
        long epoch = accounts.find(tenant, id).map(Account::epoch).orElse(Long.MAX_VALUE);
        store.removeBefore(tenant, id, epoch);
      }
      page = store.accounts(tenant, page.get(page.size() - 1).value(), PAGE);
    }
  }

  private static boolean active(Account account) {
    return account.state() == AccountState.ACTIVE;
  }

  private static String shortened(String device) {
    return device.length() <= LONGEST_LABEL ? device : device.substring(0, LONGEST_LABEL);
  }

  private static ProblemException gone() {
    return ProblemException.of(
        401, "sign-in-required", "Sign in required", "This session has ended; sign in again");
  }
}
