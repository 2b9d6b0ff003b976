package org.tonekeep.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** Accounts over a real database of each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class AccountsTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");
  private static final AccountId NOBODY = new AccountId("00000000-0000-7000-8000-000000000000");

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private final TestKeys keys = new TestKeys(clock);
  private TestDatabase db;
  private AccountService accounts;
  private AccountHolder holder;

  public AccountsTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "identity");
    AccountStore store = new AccountStore(db.unit("identity"), keys, clock);
    accounts = new AccountService(store, keys, keys, new Usernames(new TestTenants(), keys), clock);
    holder = new AccountHolder(store);
  }

  @After
  public void close() {
    db.close();
  }

  @Test
  public void shouldKeepWhatWasWrittenAndFindItInItsTenantOnly() {
    Account created = accounts.create(ALICE, "  Ann.Lee@Example.ORG ", " Ann ");

    assertThat(accounts.find(ALICE, created.id())).contains(created);
    assertThat(created.email()).isEqualTo("Ann.Lee@Example.ORG");
    assertThat(created.displayName()).isEqualTo("Ann");
    assertThat(created.roles()).containsExactly(Role.ARTIST);
    assertThat(created.plan()).isEqualTo("free");
    assertThat(created.createdAt()).isEqualTo(clock.instant());
    assertThat(accounts.find(BOB, created.id())).isEmpty();
    assertThat(accounts.findByEmail(BOB, "ann.lee@example.org")).isEmpty();
  }

  @Test
  public void shouldTakeAnAddressOncePerTenantHoweverItIsWritten() {
    Account first = accounts.create(ALICE, "andré@example.org", "");

    for (String same :
        List.of("ANDRÉ@EXAMPLE.org", " andre\u0301@example.org", "ANDRE\u0301@example.org\t")) {
      assertThat(accounts.findByEmail(ALICE, same)).contains(first);
      assertThatThrownBy(() -> accounts.create(ALICE, same, ""))
          .isInstanceOf(EmailTakenException.class);
    }
    assertThat(accounts.create(BOB, "andré@example.org", "").id()).isNotEqualTo(first.id());
    assertThat(accounts.list(ALICE, "", 10)).containsExactly(first);
  }

  @Test
  public void shouldLetExactlyOneOfManySimultaneousSignUpsWin() throws Exception {
    int many = 6;
    CyclicBarrier together = new CyclicBarrier(many);
    Callable<Throwable> signUp =
        () ->
            catchThrowable(
                () ->
                    db.tx()
                        .run(
                            ALICE,
                            () -> {
                              // All have looked before one writes: the database must decide.
                              accounts.findByEmail(ALICE, "race@example.org");
                              await(together);
                              accounts.create(ALICE, "Race@example.org", "");
                            }));
    ExecutorService pool = Executors.newFixedThreadPool(many);
    List<Throwable> outcomes = new ArrayList<>();
    try {
      List<Future<Throwable>> running = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        running.add(pool.submit(signUp));
      }
      for (Future<Throwable> one : running) {
        outcomes.add(one.get(60, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(outcomes.stream().filter(o -> o == null)).hasSize(1);
    assertThat(outcomes.stream().filter(o -> o != null))
        .allSatisfy(o -> assertThat(o).isInstanceOf(EmailTakenException.class));
    assertThat(accounts.list(ALICE, "", 10)).hasSize(1);
    assertThat(keys.list(ALICE, "", 10))
        .as("who lost leaves no key")
        .extracting(OwnerKeys.Owned::owner)
        .containsExactly(accounts.list(ALICE, "", 10).get(0).id().value());
  }

  @Test
  public void shouldTellADuplicateFoundByTheDatabaseWithoutRepeatingTheAddress() {
    AccountStore store = new AccountStore(db.unit("identity"), keys, clock);
    Account first = accounts.create(ALICE, "canary@example.org", "");
    Account second =
        new Account(
            ALICE,
            first.id(), // the primary key is violated: only the database can find that
            "other-canary@example.org",
            Profile.named(""),
            Set.of(Role.ARTIST),
            "free",
            AccountState.ACTIVE,
            0,
            Set.of(),
            clock.instant());

    Throwable thrown = catchThrowable(() -> store.insert(ALICE, second, "0".repeat(64), Set.of()));

    assertThat(thrown).isInstanceOf(EmailTakenException.class);
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain("canary");
  }

  @Test
  public void shouldKeepAddressesOutOfTheUniqueKeyThatDatabasesRepeatInMessages() throws Exception {
    accounts.create(ALICE, "canary@example.org", "");
    accounts.create(BOB, "canary@example.org", "");

    List<String> indexes = new ArrayList<>();
    try (Connection connection = db.unwatched().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT email_index FROM identity_account ORDER BY tenant")) {
      while (rows.next()) {
        indexes.add(rows.getString(1));
      }
    }
    assertThat(indexes).hasSize(2).doesNotHaveDuplicates();
    assertThat(indexes).allMatch(index -> index.matches("[0-9a-f]{64}"));
  }

  @Test
  public void shouldRollBackTheAccountWithTheTransactionThatMadeIt() {
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          accounts.create(ALICE, "gone@example.org", "");
                          throw new IllegalStateException("later step");
                        }))
        .hasMessage("later step");

    assertThat(accounts.findByEmail(ALICE, "gone@example.org")).isEmpty();
  }

  @Test
  public void shouldChangePlanRolesAndNameOfTheTenantsAccountOnly() {
    Account account = accounts.create(ALICE, "a@example.org", "");

    assertThat(accounts.setPlan(BOB, account.id(), "studio")).isFalse();
    assertThat(accounts.setRoles(BOB, account.id(), Set.of(Role.OPERATOR))).isFalse();
    assertThat(accounts.setProfile(BOB, account.id(), Profile.named("Mallory"))).isFalse();
    assertThat(accounts.setPlan(ALICE, NOBODY, "studio")).isFalse();
    assertThat(accounts.find(ALICE, account.id())).contains(account);

    assertThat(accounts.setPlan(ALICE, account.id(), "studio")).isTrue();
    assertThat(accounts.setRoles(ALICE, account.id(), Set.of(Role.STAFF))).isTrue();
    assertThat(accounts.setProfile(ALICE, account.id(), Profile.named(" Zoë 🎹 "))).isTrue();
    Account changed = accounts.find(ALICE, account.id()).orElseThrow();
    assertThat(changed.plan()).isEqualTo("studio");
    assertThat(changed.roles()).containsExactlyInAnyOrder(Role.ARTIST, Role.STAFF);
    assertThat(changed.displayName()).isEqualTo("Zoë 🎹");
  }

  @Test
  public void shouldRefusePlansAndNamesOfAWrongForm() {
    Account account = accounts.create(ALICE, "a@example.org", "");

    for (String plan : List.of("", "Studio", "a b", "x".repeat(33), "1st")) {
      assertThatThrownBy(() -> accounts.setPlan(ALICE, account.id(), plan))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String name :
        List.of("x".repeat(101), "a\nb", "a\u0000b", "a\u2028b", "a\u202Eb", "a\uD800b")) {
      assertThatThrownBy(() -> accounts.setProfile(ALICE, account.id(), Profile.named(name)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(accounts.find(ALICE, account.id())).contains(account);
  }

  @Test
  public void shouldStoreTheLongestAddressAndName() {
    String address = "ß".repeat(64) + "@" + "x".repeat(189);
    Account account = accounts.create(ALICE, address, "ü".repeat(100));

    assertThat(accounts.find(ALICE, account.id())).contains(account);
    assertThat(accounts.findByEmail(ALICE, address)).contains(account);
  }

  @Test
  public void shouldFindNobodyUnderWhatCannotBeAnAddress() {
    accounts.create(ALICE, "a@example.org", "");

    for (String text : List.of("", "@", "a@", "nobody", "a@example.org\u0000", "%@%")) {
      assertThat(accounts.findByEmail(ALICE, text)).as(text).isEmpty();
    }
  }

  @Test
  public void shouldListPagesInTheOrderOfSignUp() {
    List<Account> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(accounts.create(ALICE, "p" + i + "@example.org", ""));
      clock.advance(Duration.ofMillis(1));
    }
    accounts.create(BOB, "p0@example.org", "");

    assertThat(accounts.list(ALICE, "", 3)).containsExactlyElementsOf(all.subList(0, 3));
    assertThat(accounts.list(ALICE, all.get(2).id().value(), 3))
        .containsExactlyElementsOf(all.subList(3, 5));
  }

  @Test
  public void shouldExportAndEraseOnePersonOfOneTenant() {
    Account ann = accounts.create(ALICE, "ann@example.org", "Ann");
    Account ben = accounts.create(ALICE, "ben@example.org", "Ben");
    Account twin = accounts.create(BOB, "ann@example.org", "Ann");

    assertThat(holder.export(ALICE, ann.id()).get("account"))
        .singleElement()
        .satisfies(
            fields ->
                assertThat(fields)
                    .containsEntry("email", "ann@example.org")
                    .containsEntry("displayName", "Ann")
                    .containsEntry("roles", List.of("artist")));
    assertThat(holder.export(BOB, ann.id()).get("account")).isEmpty();

    holder.erase(BOB, ann.id());
    assertThat(accounts.find(ALICE, ann.id())).isPresent();
    holder.erase(ALICE, ann.id());
    holder.erase(ALICE, ann.id());
    assertThat(accounts.find(ALICE, ann.id())).isEmpty();
    assertThat(accounts.find(ALICE, ben.id())).isPresent();
    assertThat(accounts.find(BOB, twin.id())).isPresent();
    assertThat(accounts.create(ALICE, "ann@example.org", "").id()).isNotEqualTo(ann.id());
  }

  @Test
  public void shouldNotPrintThePerson() {
    Account account = accounts.create(ALICE, "canary@example.org", "Canary");

    assertThat(account.toString()).doesNotContain("anary").contains(account.id().value());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
