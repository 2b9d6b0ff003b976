package org.tonekeep.appkeys.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tonekeep.appkeys.internal.jpa.AppKeyStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestGate;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestMails;
import org.tonekeep.testing.kit.TestTenants;

/** The whole bundle over a fresh database, without OSGi. */
public final class TestAppKeys implements AutoCloseable {
  public final TestClock clock = TestClock.standing();
  public final TestTenants tenants = new TestTenants();
  public final TestGate gate = TestGate.open();
  public final TestAudit audit = new TestAudit();
  public final TestMails mails = new TestMails();
  public final TestDatabase db;
  public final Accounts accounts;
  public final AppKeys keys;
  final TestKeys ring = new TestKeys(clock);
  final KeyTokens tokens = new KeyTokens(ring);
  final AppKeyStore store;
  final LastUsed lastUsed;
  final KeyCallers callers;
  final PlayerKeys players;
  final AppKeysHolder holder;

  public TestAppKeys(Engine engine) {
    db = TestDatabase.open(engine, "identity", "appkeys");
    accounts =
        new AccountService(
            new AccountStore(db.unit("identity"), ring, clock),
            ring,
            ring,
            new Usernames(tenants, ring),
            clock);
    store = new AppKeyStore(db.unit("appkeys"), ring);
    lastUsed = new LastUsed(store);
    callers = node();
    players = new PlayerKeys(accounts, store, callers, gate, clock);
    keys = new AppKeys(tenants, accounts, store, tokens, callers, audit, mails, db.tx(), clock);
    holder = new AppKeysHolder(store, keys, db.tx());
  }

  /** As on another node: what it remembers is its own. */
  KeyCallers node() {
    return new KeyCallers(accounts, store, tokens, lastUsed, gate, clock);
  }

  /** An account of that username, as its session sees it. */
  public Caller account(TenantId tenant, String name) {
    Account account =
        accounts.create(
            tenant,
            name + "@example.org",
            new Profile("", name, "", Map.of()),
            AccountState.ACTIVE);
    return caller(tenant, account.id());
  }

  /** The session of an account. */
  public static Caller caller(TenantId tenant, AccountId account) {
    return new Caller(tenant, account, Set.of(Role.ARTIST), "session");
  }

  /** A key for a year. */
  public AppKeys.Made made(Caller caller, Scope... scopes) {
    return keys.create(caller, "phone", Set.of(scopes), Optional.empty(), "");
  }

  @Override
  public void close() {
    db.close();
  }
}
