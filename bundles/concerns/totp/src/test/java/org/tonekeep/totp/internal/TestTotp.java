package org.tonekeep.totp.internal;

import java.util.List;
import java.util.Set;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestLimits;
import org.tonekeep.testing.kit.TestMails;
import org.tonekeep.testing.kit.TestTenants;
import org.tonekeep.totp.internal.jpa.SeedStore;

/** The whole bundle over a fresh database, without OSGi. */
public final class TestTotp implements AutoCloseable {
  public static final Peer PEER = new Peer("net", "peer-tag", "", "ZZ", true, false);

  public final TestClock clock = TestClock.standing();
  public final TestTenants tenants = new TestTenants().title(TestTenants.ALICE, "Alice: A & B");
  public final TestAudit audit = new TestAudit();
  public final TestMails mails = new TestMails();
  public final TestLimits limits = new TestLimits();
  public final TestSignIns signIns = new TestSignIns();
  public final TestDatabase db;
  public final Accounts accounts;
  public final Totp totp;
  final TestKeys ring = new TestKeys(clock);
  final SeedStore store;
  final GuessWindow window;
  final TotpNotices notices = new TotpNotices(audit, mails);
  final TotpFactor factor;
  final TotpHolder holder;

  public TestTotp(Engine engine) {
    db = TestDatabase.open(engine, "identity", "totp");
    accounts =
        new AccountService(
            new AccountStore(db.unit("identity"), ring, clock),
            ring,
            ring,
            new Usernames(tenants, ring),
            clock);
    store = new SeedStore(db.unit("totp"), ring);
    window = new GuessWindow(store, clock);
    factor = node(window);
    totp =
        new Totp(
            tenants, accounts, signIns, store, factor, window, notices, limits, db.tx(), clock);
    holder = new TotpHolder(store, db.tx());
  }

  /** As on another node, with a memory of its own. */
  TotpFactor node(GuessWindow memory) {
    return new TotpFactor(accounts, store, memory, notices, db.tx(), clock);
  }

  /** A new account, as its session sees it. */
  public Caller account(TenantId tenant, String email) {
    Account account = accounts.create(tenant, email, "");
    return new Caller(tenant, account.id(), Set.of(Role.ARTIST), "session");
  }

  /** Turns it on and goes on to a later step; gives the recovery codes. */
  List<String> on(Caller caller) {
    Totp.Offer unused = totp.begin(caller);
    List<String> codes = totp.confirm(caller, code(caller, 0), PEER).recoveryCodes();
    clock.advance(java.time.Duration.ofSeconds(60));
    return codes;
  }

  /** The code that the app shows some steps from now. */
  public String code(Caller caller, int later) {
    Seed seed = store.find(caller.tenant(), caller.account()).orElseThrow();
    return TotpCodes.code(seed.key(), TotpCodes.step(clock.instant()) + later);
  }

  /** A code that is right at no time around now. */
  String wrong(Caller caller) {
    for (int i = 0; ; i++) {
      String code = String.format(java.util.Locale.ROOT, "%06d", i);
      if (!code.equals(code(caller, -1))
          && !code.equals(code(caller, 0))
          && !code.equals(code(caller, 1))) {
        return code;
      }
    }
  }

  @Override
  public void close() {
    db.close();
  }
}
