package org.tonekeep.passkeys.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.passkeys.internal.jpa.ChallengeStore;
import org.tonekeep.passkeys.internal.jpa.PasskeyStore;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestMails;
import org.tonekeep.testing.kit.TestTenants;

/** The whole bundle over a fresh database, without OSGi. */
public final class TestPasskeys implements SignIns, AutoCloseable {
  public static final String HOST = "alice.localhost";
  public static final String ORIGIN = "http://alice.localhost:8181";
  public static final Peer PEER = new Peer("net", "peer-tag", "Firefox", "ZZ", true, false);

  public final TestClock clock = TestClock.standing();
  public final TestTenants tenants = new TestTenants();
  public final TestAudit audit = new TestAudit();
  public final TestMails mails = new TestMails();
  public final List<AccountId> begun = new CopyOnWriteArrayList<>();
  public final List<Caller> proven = new CopyOnWriteArrayList<>();
  public final List<Caller> rotated = new CopyOnWriteArrayList<>();
  public final TestDatabase db;
  public final Accounts accounts;
  public final Passkeys passkeys;
  final TestKeys ring = new TestKeys(clock);
  final PasskeyStore store;
  final ChallengeStore challengeStore;
  final Challenges challenges;
  final PasskeysHolder holder;
  final PasskeyFactor factor;

  public TestPasskeys(Engine engine) {
    db = TestDatabase.open(engine, "identity", "passkeys");
    accounts =
        new AccountService(
            new AccountStore(db.unit("identity"), ring, clock),
            ring,
            ring,
            new Usernames(tenants, ring),
            clock);
    store = new PasskeyStore(db.unit("passkeys"), ring);
    challengeStore = new ChallengeStore(db.unit("passkeys"));
    challenges = new Challenges(tenants, challengeStore, clock);
    passkeys =
        new Passkeys(
            accounts, this, ring, store, challenges, new Ceremony(), audit, mails, db.tx(), clock);
    holder = new PasskeysHolder(store, challengeStore, db.tx());
    factor = new PasskeyFactor(store, challengeStore, audit, db.tx());
  }

  /** As the request of a browser at the tenant's own host says. */
  static RelyingParty party(TestTenants tenants, TenantId tenant) {
    return RelyingParty.of(tenants.require(tenant), "", tenant + ".localhost:8181").orElseThrow();
  }

  /** A device of somebody who visits the tenant. */
  public static Device device(TenantId tenant) {
    return new Device(tenant + ".localhost", "http://" + tenant + ".localhost:8181");
  }

  /** A new account, as its session sees it. */
  public Caller account(TenantId tenant, String email) {
    Account account = accounts.create(tenant, email, "");
    return new Caller(tenant, account.id(), Set.of(Role.ARTIST), "session");
  }

  Passkey register(Caller caller, Device device) {
    Passkeys.Offer offer = passkeys.offer(caller);
    return passkeys.register(
        caller,
        party(tenants, caller.tenant()),
        "phone",
        device.create(offer.challenge(), offer.handle()),
        PEER);
  }

  Passkeys.SignedIn signIn(TenantId tenant, Answer answer) {
    return passkeys.signIn(tenant, Optional.empty(), party(tenants, tenant), answer, PEER);
  }

  @Override
  public Optional<Begun> begin(
      TenantId tenant, AccountId account, Optional<Caller> previous, String device, String tag) {
    boolean active =
        accounts.find(tenant, account).filter(a -> a.state() == AccountState.ACTIVE).isPresent();
    if (!active) {
      return Optional.empty();
    }
    begun.add(account);
    return Optional.of(new Begun("session", "fresh-token", Duration.ofDays(30)));
  }

  @Override
  public void prove(Caller caller) {
    proven.add(caller);
  }

  @Override
  public Begun rotate(Caller caller) {
    rotated.add(caller);
    return new Begun("session", "fresh-token", Duration.ofDays(30));
  }

  @Override
  public boolean passwordIs(Caller caller, String password, String peer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void endAll(TenantId tenant, AccountId account) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    db.close();
  }
}
