package org.tonekeep.identity.internal;

import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** Real accounts over a database in memory, for tests of what stands on them. */
public final class AccountsFixture implements AutoCloseable {
  private final TestDatabase db = TestDatabase.open(Engine.DERBY, "identity");
  private final TestClock clock = TestClock.standing();
  private final TestKeys keys = new TestKeys(clock);

  public Accounts accounts() {
    return new AccountService(
        new AccountStore(db.unit("identity"), keys, clock),
        keys,
        keys,
        new Usernames(new TestTenants(), keys),
        clock);
  }

  @Override
  public void close() {
    db.close();
  }
}
