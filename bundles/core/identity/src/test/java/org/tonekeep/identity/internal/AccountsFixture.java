package org.tonekeep.identity.internal;

import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** Real accounts over a database, for tests of what stands on them. */
public final class AccountsFixture implements AutoCloseable {
  private final TestDatabase db;
  private final TestClock clock = TestClock.standing();
  private final TestKeys keys = new TestKeys(clock);

  private final TestAudit audit = new TestAudit();
  private final AccountStore store;
  private final Accounts accounts;

  public AccountsFixture() {
    this(Engine.DERBY);
  }

  public AccountsFixture(Engine engine) {
    db = TestDatabase.open(engine, "identity");
    store = new AccountStore(db.unit("identity"), keys, clock);
    accounts = new AccountService(store, keys, keys, new Usernames(new TestTenants(), keys), clock);
  }

  public Accounts accounts() {
    return accounts;
  }

  public AccountStore store() {
    return store;
  }

  public TestAudit audit() {
    return audit;
  }

  public TestClock clock() {
    return clock;
  }

  public TestKeys keys() {
    return keys;
  }

  public TestDatabase db() {
    return db;
  }

  public Administration administration() {
    return new Administration(accounts, audit, db.tx());
  }

  @Override
  public void close() {
    db.close();
  }
}
