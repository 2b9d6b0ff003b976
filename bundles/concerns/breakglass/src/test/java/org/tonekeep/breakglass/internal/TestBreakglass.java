package org.tonekeep.breakglass.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.tonekeep.breakglass.internal.jpa.GrantStore;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.Who;
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
public final class TestBreakglass implements AutoCloseable {
  public static final String REASON = "The player stops in the middle of this track";

  public final TestClock clock = TestClock.standing();
  public final TestTenants tenants = new TestTenants();
  public final TestGate gate = TestGate.open();
  public final TestAudit audit = new TestAudit();
  public final TestMails mails = new TestMails();
  public final TestKeys keys = new TestKeys(clock);
  public final TestShelf shelf = new TestShelf();
  public final TestDatabase db;
  public final Accounts accounts;
  public final Breakglass breakglass;
  public final GrantedUrls urls;
  final GrantStore store;
  final GrantHolders holders;
  final BreakglassHolder holder;

  public TestBreakglass(Engine engine) {
    db = TestDatabase.open(engine, "identity", "breakglass");
    accounts =
        new AccountService(
            new AccountStore(db.unit("identity"), keys, clock),
            keys,
            keys,
            new Usernames(tenants, keys),
            clock);
    store = new GrantStore(db.unit("breakglass"), keys);
    holders = node();
    BreakglassNotices notices = new BreakglassNotices(audit, mails, accounts, shelf);
    breakglass = new Breakglass(tenants, accounts, shelf, store, notices, holders, db.tx(), clock);
    urls =
        new GrantedUrls(breakglass, accounts, shelf, shelf.vault(), shelf.urls(), notices, db.tx());
    holder = new BreakglassHolder(store, db.tx());
  }

  /** As on another node: what it remembers is its own. */
  GrantHolders node() {
    return new GrantHolders(store, accounts, gate, clock);
  }

  /** A musician. */
  public AccountId musician(TenantId tenant, String name) {
    return accounts.create(tenant, name + "@example.org", name).id();
  }

  /** Somebody of the staff, freshly proven. */
  public Caller staff(TenantId tenant, String name) {
    Account account = accounts.create(tenant, name + "@example.org", name);
    boolean made = accounts.setRoles(tenant, account.id(), Set.of(Role.STAFF));
    assert made;
    return caller(tenant, account.id(), true, Role.ARTIST, Role.STAFF);
  }

  /** The session of an account. */
  public static Caller caller(TenantId tenant, AccountId account, boolean proven, Role... roles) {
    return new Caller(tenant, account, Set.of(roles), "session-1", Set.of(Scope.SESSION), proven);
  }

  /** A request of the caller. */
  public static Who who(Caller caller) {
    Peer peer = new Peer("net-1", "tag-1", "", "ZZ", true, false);
    return new Who(caller.tenant(), Optional.of(caller), "", "r1", peer, "alice.localhost");
  }

  /** A wish for one track. */
  public Wish wish(TrackId track, AccountId owner) {
    return new Wish(owner, Optional.of(track), "T-17", REASON, Duration.ofMinutes(30));
  }

  @Override
  public void close() {
    db.close();
  }
}
