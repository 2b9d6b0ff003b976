package org.tonekeep.auth.internal;

import java.time.Duration;
import java.util.Optional;
import org.tonekeep.auth.internal.AuthService.Proof;
import org.tonekeep.auth.internal.AuthService.SignedIn;
import org.tonekeep.auth.internal.SignUps.Wish;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.auth.internal.jpa.KnownStore;
import org.tonekeep.auth.internal.jpa.RequestStore;
import org.tonekeep.auth.internal.jpa.SessionStore;
import org.tonekeep.auth.internal.jpa.TokenStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.identity.internal.AccountHolder;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestJobs;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestLimits;
import org.tonekeep.testing.kit.TestMails;

/** The whole bundle over a fresh database, without OSGi. */
public final class TestAuth implements AutoCloseable {
  public static final Peer PEER = new Peer("net-1", "tag-1", "Firefox on Linux", "ZZ", true, false);

  public final TestClock clock;
  public final TestSites sites;
  public final TestDatabase db;
  public final TestKeys keys;
  public final TestAudit audit = new TestAudit();
  public final TestMails mails = new TestMails();
  public final TestLimits limits = new TestLimits();
  public final Accounts accounts;
  public final Sessions sessions;
  public final AuthService auth;
  public final SignUps signUps;
  public final SessionControl control;
  public final Confirmations confirmations;
  public final Recovery recovery;
  public final SessionSignIns signIns;
  final SessionStore store;
  final CredentialStore credentials;
  final SessionTokens tokens;
  final LastSeen lastSeen;
  final AuthHolder holder;
  final AccountHolder accountHolder;
  final SecondFactors factors = new SecondFactors();
  final Failures failures;
  final Passwords passwords;
  final HashingQueue queue;
  final KnownStore knownStore;
  final KnownPairs known;
  final Guesses guesses;
  final TokenStore tokenStore;
  final RequestStore requestStore;
  final TestJobs jobs;
  final Requests requests;
  final RequestJob job;
  final Unconfirmed unconfirmed;
  final FactorReset factorReset;

  public TestAuth(Engine engine) {
    this(engine, TestClock.standing());
  }

  private TestAuth(Engine engine, TestClock clock) {
    this(
        clock, new TestSites(), TestDatabase.open(engine, "identity", "auth"), new TestKeys(clock));
  }

  private TestAuth(TestClock clock, TestSites sites, TestDatabase db, TestKeys keys) {
    this.clock = clock;
    this.sites = sites;
    this.db = db;
    this.keys = keys;
    AccountStore accountStore = new AccountStore(db.unit("identity"), keys, clock);
    accounts = new AccountService(accountStore, keys, keys, new Usernames(sites, keys), clock);
    store = new SessionStore(db.unit("auth"));
    credentials = new CredentialStore(db.unit("auth"));
    lastSeen = new LastSeen(store);
    tokens = new SessionTokens(keys);
    sessions = new Sessions(sites, accounts, store, tokens, lastSeen, keys, db.tx(), clock);
    failures = new Failures(audit, clock);
    queue = new HashingQueue(1, 50, Duration.ofSeconds(60), java.time.Clock.systemUTC());
    knownStore = new KnownStore(db.unit("auth"));
    known = new KnownPairs(knownStore, keys, sites, clock);
    passwords =
        new Passwords(sites, credentials, new PasswordHasher(keys), queue, known, limits, clock);
    PasswordRules rules = new PasswordRules(sites);
    tokenStore = new TokenStore(db.unit("auth"));
    requestStore = new RequestStore(db.unit("auth"));
    MailTokens mailTokens = new MailTokens(tokenStore, accounts, keys, clock);
    jobs = new TestJobs(db.tx(), clock);
    requests = new Requests(requestStore, jobs, keys, sites, db.tx(), clock);
    confirmations =
        new Confirmations(
            accounts, credentials, passwords, rules, mailTokens, mails, audit, db.tx());
    guesses = new Guesses(accounts, mailTokens, mails, audit, db.tx(), clock);
    auth =
        new AuthService(
            sites,
            accounts,
            credentials,
            passwords,
            rules,
            factors,
            sessions,
            confirmations,
            failures,
            guesses,
            new Notices(mails),
            audit,
            db.tx());
    signUps =
        new SignUps(
            sites,
            sites,
            accounts,
            credentials,
            passwords,
            rules,
            sessions,
            confirmations,
            mailTokens,
            requests,
            mails,
            limits,
            audit,
            db.tx());
    recovery =
        new Recovery(
            accounts,
            credentials,
            passwords,
            rules,
            mailTokens,
            confirmations,
            sessions,
            requests,
            limits,
            mails,
            new Notices(mails),
            audit,
            db.tx());
    job = new RequestJob(requests, signUps, recovery);
    unconfirmed = new Unconfirmed(sites, accounts, tokenStore, keys, audit, db.tx(), clock);
    factorReset = new FactorReset(accounts, factors, sessions, new Notices(mails), audit, db.tx());
    control = new SessionControl(sessions, audit, db.tx());
    signIns = new SessionSignIns(accounts, sessions, passwords, failures, audit, db.tx());
    holder = new AuthHolder(store, credentials, tokenStore, knownStore, known, sessions, db.tx());
    unconfirmed.add(holder);
    accountHolder = new AccountHolder(accountStore);
    unconfirmed.add(accountHolder);
  }

  /** A second node over the same database and keys, with a memory of its own. */
  public TestAuth secondNode() {
    return new TestAuth(clock, sites, db, keys);
  }

  /** Begins a session, also of an account that is not usable. */
  public Begun begin(TenantId tenant, AccountId account) {
    return sessions.begin(accounts.find(tenant, account).orElseThrow(), "");
  }

  public SignedIn signUp(TenantId tenant, String email, String password, String name) {
    return signUps
        .signUp(tenant, Optional.empty(), new Wish(email, password, "", name), PEER)
        .orElseThrow();
  }

  public SignedIn logIn(TenantId tenant, String email, String password) {
    return auth.logIn(tenant, Optional.empty(), email, new Proof(password, ""), PEER);
  }

  public Caller caller(TenantId tenant, Begun session) {
    return sessions.authenticate(tenant, session.token()).orElseThrow();
  }

  @Override
  public void close() {
    db.close();
  }
}
