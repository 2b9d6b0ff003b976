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
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Authenticator;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Begins, recognises and ends sessions. Writing methods join the running transaction. */
@Component(service = {Sessions.class, Authenticator.class})
public final class Sessions implements Authenticator {
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final Tenants tenants;
  private final Accounts accounts;
  private final SessionStore store;
  private final SessionTokens tokens;
  private final LastSeen lastSeen;
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
      @Reference Tx tx,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.store = store;
    this.tokens = tokens;
    this.lastSeen = lastSeen;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * A session that has just begun.
   *
   * @param token for the cookie
   * @param age how long the cookie lives
   */
  public record Begun(String token, Duration age) {
    @Override
    public String toString() {
      return "Begun";
    }
  }

  /** Begins a session. */
  public Begun begin(TenantId tenant, AccountId account) {
    SessionLimits limits = SessionLimits.of(tenants.require(tenant));
    SessionTokens.Token token = tokens.next(tenant);
    Instant now = clock.instant();
    store.insert(
        tenant,
        token.hash(),
        new SessionRow(Ids.next(clock), account, now, now, now.plus(limits.ttl())));
    return new Begun(token.value(), limits.ttl());
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
    Instant now = clock.instant();
    Optional<Caller> known = cache.get(tenant, hash.get(), now);
    if (known.isPresent()) {
      return known;
    }
    Optional<Caller> caller =
        store
            .findByToken(tenant, hash.get())
            .filter(session -> SessionLimits.of(site.get()).allow(session, now))
            .flatMap(session -> seen(tenant, session, now));
    caller.ifPresent(c -> cache.put(tenant, hash.get(), c, now));
    return caller;
  }

  private Optional<Caller> seen(TenantId tenant, SessionRow session, Instant now) {
    if (!session.lastSeen().plus(SEEN_EVERY).isAfter(now)) {
      lastSeen.note(tenant, session.id(), now);
    }
    return accounts
        .find(tenant, session.account())
        .map(account -> new Caller(tenant, account.id(), account.roles(), session.id()));
  }

  /** The account's sessions that are alive, newest first. */
  public List<SessionRow> list(TenantId tenant, AccountId account) {
    SessionLimits limits = SessionLimits.of(tenants.require(tenant));
    Instant now = clock.instant();
    return store.list(tenant, account).stream().filter(s -> limits.allow(s, now)).toList();
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
    }
  }
}
