package org.tonekeep.auth.internal;

import java.time.Duration;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.auth.internal.jpa.SessionStore;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;

/** The whole bundle over a fresh database, without OSGi. */
public final class TestAuth implements AutoCloseable {
  public final TestClock clock = TestClock.standing();
  public final TestSites sites = new TestSites();
  public final TestDatabase db;
  public final Accounts accounts;
  public final Sessions sessions;
  public final AuthService auth;
  final SessionStore store;
  final CredentialStore credentials;
  final TestKeys keys = new TestKeys(clock);
  final SessionTokens tokens = new SessionTokens(keys);
  final LastSeen lastSeen;
  final AuthHolder holder;
  final LoginThrottle throttle = new LoginThrottle(clock);

  public TestAuth(Engine engine) {
    db = TestDatabase.open(engine, "identity", "auth");
    accounts = new AccountService(new AccountStore(db.unit("identity"), keys), keys, keys, clock);
    store = new SessionStore(db.unit("auth"));
    credentials = new CredentialStore(db.unit("auth"));
    lastSeen = new LastSeen(store);
    sessions = new Sessions(sites, accounts, store, tokens, lastSeen, db.tx(), clock);
    auth =
        new AuthService(
            sites,
            sites,
            accounts,
            credentials,
            sessions,
            new PasswordHasher(keys),
            new HashingQueue(2, 50, Duration.ofSeconds(60)),
            throttle,
            db.tx());
    holder = new AuthHolder(store, credentials, sessions, db.tx());
  }

  @Override
  public void close() {
    db.close();
  }
}
