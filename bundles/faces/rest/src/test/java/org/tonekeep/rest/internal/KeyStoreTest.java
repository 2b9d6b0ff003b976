package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public class KeyStoreTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");
  private static final AccountId ONE = new AccountId("00000000-0000-7000-8000-000000000001");
  private static final AccountId TWO = new AccountId("00000000-0000-7000-8000-000000000002");

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private final Instant now = clock.instant();
  private TestDatabase db;
  private KeyStore keys;

  public KeyStoreTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "rest");
    keys = new KeyStore(db.dataSource());
  }

  @After
  public void close() {
    db.close();
  }

  private KeyRow row(String key, String claim) {
    return new KeyRow(key, "print", claim, now.plusSeconds(60), KeyRow.PENDING, null, now);
  }

  @Test
  public void shouldLetOneInOnly() {
    assertThat(keys.insert(ALICE, ONE, row("k", "c1"))).isTrue();
    assertThat(keys.insert(ALICE, ONE, row("k", "c2"))).isFalse();
    assertThat(keys.insert(ALICE, TWO, row("k", "c3"))).isTrue();
    assertThat(keys.insert(BOB, ONE, row("k", "c4"))).isTrue();
    assertThat(keys.find(ALICE, ONE, "k")).contains(row("k", "c1"));
    assertThat(keys.find(BOB, ONE, "k")).contains(row("k", "c4"));
    assertThat(keys.find(BOB, TWO, "k")).isEmpty();
  }

  @Test
  public void shouldHearOnlyWhoHoldsTheClaimAtTheTenant() {
    keys.insert(ALICE, ONE, row("k", "c"));
    keys.insert(BOB, ONE, row("k", "c"));
    assertThat(keys.finish(ALICE, ONE, "k", "other", 201, "/x")).isFalse();
    assertThat(keys.release(ALICE, ONE, "k", "other")).isFalse();
    assertThat(keys.renew(ALICE, ONE, "k", "other", now)).isFalse();
    assertThat(keys.renew(ALICE, ONE, "k", "c", now.plusSeconds(90))).isTrue();
    assertThat(keys.finish(ALICE, ONE, "k", "c", 201, "/x")).isTrue();
    assertThat(keys.renew(ALICE, ONE, "k", "c", now)).isFalse();
    assertThat(keys.find(ALICE, ONE, "k"))
        .contains(new KeyRow("k", "print", "c", now.plusSeconds(90), 201, "/x", now));
    assertThat(keys.find(BOB, ONE, "k")).contains(row("k", "c"));
    assertThat(keys.release(BOB, ONE, "k", "c")).isTrue();
    assertThat(keys.find(ALICE, ONE, "k")).isPresent();
    assertThat(keys.find(BOB, ONE, "k")).isEmpty();
  }

  @Test
  public void shouldForgetOldRowsOfEveryTenantButNotWhatIsBeingDone() {
    for (TenantId tenant : new TenantId[] {ALICE, BOB}) {
      keys.insert(tenant, ONE, row("done", "c"));
      keys.finish(tenant, ONE, "done", "c", 204, null);
      keys.insert(tenant, ONE, row("dead", "c"));
      keys.insert(tenant, ONE, row("alive", "c"));
    }
    assertThat(keys.expire(ALICE, now, now.plusSeconds(3600))).isZero();
    Instant later = now.plus(Duration.ofHours(25));
    keys.renew(ALICE, ONE, "alive", "c", later);
    keys.renew(BOB, ONE, "alive", "c", later);
    clock.advance(Duration.ofHours(25));
    KeyUpkeep upkeep = new KeyUpkeep(keys, new OncePerKey(clock), new Face.Sites(), clock);
    try {
      upkeep.purge();
    } finally {
      upkeep.stop();
    }
    for (TenantId tenant : new TenantId[] {ALICE, BOB}) {
      assertThat(keys.ofAccount(tenant, ONE)).extracting(KeyRow::key).containsExactly("alive");
    }
  }

  @Test
  public void shouldExportAndEraseWhatIsTheAccounts() {
    KeyData data = new KeyData(keys);
    for (TenantId tenant : new TenantId[] {ALICE, BOB}) {
      keys.insert(tenant, ONE, row("k1", "c"));
      keys.finish(tenant, ONE, "k1", "c", 201, "/api/tracks/1");
      keys.insert(tenant, ONE, row("k2", "c"));
      keys.insert(tenant, TWO, row("k", "c"));
    }
    assertThat(data.export(ALICE, ONE).get("idempotencyKey"))
        .containsExactly(
            Map.of(
                "key",
                "k1",
                "status",
                201,
                "location",
                "/api/tracks/1",
                "createdAt",
                now.toString()),
            Map.of("key", "k2", "createdAt", now.toString()));
    assertThat(data.holds()).extracting("id").containsExactly("idempotencyKey");
    for (int i = 0; i < 2; i++) {
      data.erase(ALICE, ONE);
    }
    assertThat(keys.ofAccount(ALICE, ONE)).isEmpty();
    assertThat(keys.ofAccount(ALICE, TWO)).hasSize(1);
    assertThat(keys.ofAccount(BOB, ONE)).hasSize(2);
    assertThat(keys.finish(ALICE, ONE, "k2", "c", 201, "/late")).isFalse();
    assertThat(keys.ofAccount(ALICE, ONE)).isEmpty();
  }
}
