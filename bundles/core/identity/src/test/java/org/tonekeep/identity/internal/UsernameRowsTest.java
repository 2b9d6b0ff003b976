package org.tonekeep.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.InvalidProfileException.Wrong;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Social;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** Usernames and profiles over a real database of each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class UsernameRowsTest {
  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private final TestKeys keys = new TestKeys(clock);
  private final TestTenants tenants = new TestTenants();
  private TestDatabase db;
  private AccountService accounts;
  private AccountHolder holder;

  public UsernameRowsTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "identity");
    AccountStore store = new AccountStore(db.unit("identity"), keys, clock);
    accounts = new AccountService(store, keys, keys, new Usernames(tenants, keys), clock);
    holder = new AccountHolder(store);
  }

  @After
  public void close() {
    db.close();
  }

  @Test
  public void shouldGiveTwoNamesThatLookTheSameToOneAccountOnly() {
    Account ann = open(ALICE, "ann@example.org", "Maria");

    for (String same : List.of("maria", "MARIA", "MarIa", "marla", "mar1a")) {
      assertThatThrownBy(() -> open(ALICE, same + "@example.org", same))
          .as(same)
          .isInstanceOf(UsernameTakenException.class);
      assertThat(accounts.findByUsername(ALICE, same)).contains(ann);
    }
    assertThat(accounts.findByUsername(BOB, "maria")).isEmpty();
    assertThat(open(BOB, "ann@example.org", "maria").profile().username()).isEqualTo("maria");
    assertThat(accounts.findByUsername(ALICE, "nobody")).isEmpty();
    assertThat(accounts.findByUsername(ALICE, "")).isEmpty();
  }

  @Test
  public void shouldKeepAGivenUpNameForItsOwnerForThirtyDays() {
    Account ann = open(ALICE, "ann@example.org", "maria");
    Account ben = open(ALICE, "ben@example.org", "");

    assertThat(rename(ALICE, ann.id(), "marietta")).isTrue();
    assertThat(accounts.findByUsername(ALICE, "maria")).isEmpty();
    assertThatThrownBy(() -> rename(ALICE, ben.id(), "MARIA"))
        .isInstanceOf(UsernameTakenException.class);
    assertThat(rename(BOB, ann.id(), "maria")).isFalse();

    assertThat(rename(ALICE, ann.id(), "maria")).isTrue(); // the owner may come back
    assertThat(rename(ALICE, ann.id(), "marietta")).isTrue();
    clock.advance(Duration.ofDays(30).minusMillis(1));
    assertThatThrownBy(() -> rename(ALICE, ben.id(), "maria"))
        .isInstanceOf(UsernameTakenException.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(rename(ALICE, ben.id(), "maria")).isTrue();
    assertThat(accounts.findByUsername(ALICE, "maria").map(Account::id)).contains(ben.id());
    assertThatThrownBy(() -> rename(ALICE, ann.id(), "maria"))
        .isInstanceOf(UsernameTakenException.class);
  }

  @Test
  public void shouldLetAUsernameBeChangedOnceInAWhile() {
    Account ann = open(ALICE, "ann@example.org", "");
    assertThat(rename(ALICE, ann.id(), "maria")).isTrue();
    assertThat(rename(ALICE, ann.id(), "Marietta")).isTrue();
    assertThat(rename(ALICE, ann.id(), "MARIETTA")).isTrue();

    assertPause(ann);
    assertThat(rename(ALICE, ann.id(), "")).isTrue();
    assertPause(ann);
    assertThat(rename(ALICE, ann.id(), "maria")).isTrue();
    clock.advance(Duration.ofDays(7).minusMillis(1));
    assertPause(ann);
    clock.advance(Duration.ofMillis(1));
    assertThat(rename(ALICE, ann.id(), "josefa")).isTrue();

    var unused = tenants.set(ALICE, AccountSettings.RENAME_PAUSE, "PT0S");
    assertThat(rename(ALICE, ann.id(), "helene")).isTrue();
  }

  @Test
  public void shouldKeepTheLatestGivenUpNamesOnlySoThatNobodyKeepsThemAll() {
    var unused = tenants.set(ALICE, AccountSettings.RENAME_PAUSE, "PT0S");
    Account ann = open(ALICE, "ann@example.org", "name-zero");
    Account ben = open(ALICE, "ben@example.org", "");
    for (String name : List.of("one", "two", "three", "four", "five", "six")) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(rename(ALICE, ann.id(), "name-" + name)).isTrue();
    }

    assertThatThrownBy(() -> rename(ALICE, ben.id(), "name-one"))
        .isInstanceOf(UsernameTakenException.class);
    assertThat(rename(ALICE, ben.id(), "name-zero")).isTrue();
  }

  private void assertPause(Account account) {
    assertThatThrownBy(() -> rename(ALICE, account.id(), "josefa"))
        .isInstanceOfSatisfying(
            InvalidProfileException.class,
            e -> assertThat(e.wrong()).extracting(Wrong::pointer).containsExactly("/username"));
  }

  @Test
  public void shouldFreeTheNamesOfAnErasedAccount() {
    Account ann = open(ALICE, "ann@example.org", "maria");
    Account twin = open(BOB, "ann@example.org", "maria");

    holder.erase(ALICE, ann.id());

    assertThat(open(ALICE, "new@example.org", "MARIA").id()).isNotEqualTo(ann.id());
    assertThat(accounts.findByUsername(BOB, "maria")).contains(twin);
  }

  @Test
  public void shouldLetExactlyOneOfManyTakeAName() throws Exception {
    int many = 6;
    List<AccountId> ids = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      ids.add(open(ALICE, "a" + i + "@example.org", "").id());
    }
    CyclicBarrier together = new CyclicBarrier(many);
    ExecutorService pool = Executors.newFixedThreadPool(many);
    List<Throwable> outcomes = new ArrayList<>();
    try {
      List<Future<Throwable>> running = new ArrayList<>();
      for (AccountId id : ids) {
        running.add(
            pool.submit(
                () -> {
                  int unused = together.await(60, TimeUnit.SECONDS);
                  return catchThrowable(() -> rename(ALICE, id, "maria"));
                }));
      }
      for (Future<Throwable> one : running) {
        outcomes.add(one.get(60, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(outcomes.stream().filter(Objects::isNull)).hasSize(1);
    assertThat(outcomes.stream().filter(Objects::nonNull))
        .allSatisfy(o -> assertThat(o).isInstanceOf(UsernameTakenException.class));
  }

  @Test
  public void shouldStoreLinksAndSayOfEveryWrongPartWhatWouldBeRight() {
    Account ann = open(ALICE, "ann@example.org", "");
    Profile links =
        new Profile(
            "Ann",
            "",
            "DJ Ann",
            Map.of(Social.X, "@ann", Social.INSTAGRAM, "", Social.SPOTIFY, " "));

    assertThat(accounts.setProfile(ALICE, ann.id(), links)).isTrue();
    Profile stored = accounts.find(ALICE, ann.id()).orElseThrow().profile();
    assertThat(stored.socials()).isEqualTo(Map.of(Social.X, "https://x.com/ann"));
    assertThat(stored.artistName()).isEqualTo("DJ Ann");

    Profile wrong =
        new Profile(
            "x".repeat(101), "a", "\u202Eann", Map.of(Social.X, "https://evil.example/ann"));
    assertThatThrownBy(() -> accounts.setProfile(ALICE, ann.id(), wrong))
        .isInstanceOfSatisfying(
            InvalidProfileException.class,
            e ->
                assertThat(e.wrong())
                    .extracting(Wrong::pointer)
                    .containsExactlyInAnyOrder(
                        "/displayName", "/username", "/artistName", "/socials/x"));
    assertThat(accounts.find(ALICE, ann.id()).orElseThrow().profile()).isEqualTo(stored);
  }

  @Test
  public void shouldKeepNoFieldThatTheTenantDoesNotList() {
    var unused = tenants.set(ALICE, AccountSettings.FIELDS, "displayName");
    Account ann = open(ALICE, "ann@example.org", "");
    Account ben = open(BOB, "ben@example.org", "");
    Profile full = new Profile("Ann", "", "DJ Ann", Map.of(Social.X, "@ann"));

    assertThatThrownBy(() -> accounts.setProfile(ALICE, ann.id(), full))
        .isInstanceOfSatisfying(
            InvalidProfileException.class,
            e ->
                assertThat(e.wrong())
                    .extracting(Wrong::pointer)
                    .containsExactly("/artistName", "/socials/x"));
    assertThat(accounts.setProfile(ALICE, ann.id(), Profile.named("Ann"))).isTrue();
    assertThat(accounts.setProfile(BOB, ben.id(), full)).isTrue();
  }

  private Account open(TenantId tenant, String email, String username) {
    return accounts.create(
        tenant, email, new Profile("", username, "", Map.of()), AccountState.ACTIVE);
  }

  private boolean rename(TenantId tenant, AccountId id, String username) {
    return accounts.setProfile(tenant, id, new Profile("", username, "", Map.of()));
  }
}
