package org.tonekeep.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.profile.internal.ProfileChanges.Wish;
import org.tonekeep.profile.internal.jpa.PreferencesStore;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** Preferences over a real database of each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class PreferencesTest {
  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private final TestAudit audit = new TestAudit();
  private final TestTenants tenants = new TestTenants();
  private TestDatabase db;
  private PreferenceKeeper keeper;
  private ProfileChanges changes;
  private Account ann;
  private Account twin;

  public PreferencesTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    TestClock clock = TestClock.standing();
    TestKeys keys = new TestKeys(clock);
    db = TestDatabase.open(engine, "identity", "profile");
    Accounts accounts =
        new AccountService(
            new AccountStore(db.unit("identity"), keys, clock),
            keys,
            keys,
            new Usernames(tenants, keys),
            clock);
    keeper = new PreferenceKeeper(tenants, new PreferencesStore(db.unit("profile")), keys);
    changes = new ProfileChanges(accounts, keeper, audit, db.tx());
    ann = accounts.create(ALICE, "ann@example.org", "Ann");
    twin = accounts.create(BOB, "ann@example.org", "Ann");
  }

  @After
  public void close() {
    db.close();
  }

  @Test
  public void shouldKeepTextsNumbersAndBooleansAsTheyCame() {
    Map<String, @Nullable Object> all =
        Map.of(
            "player.volume",
            0.5,
            "page-size",
            50,
            "big",
            (1L << 53) - 1,
            "small",
            -7L,
            "theme",
            "dark",
            "empty",
            "",
            "odd",
            "a\\n\n \\\\ b♥",
            "on",
            true,
            "off",
            false);
    change(ann, all);

    Map<String, Object> kept = keeper.of(ALICE, ann.id()).values();
    assertThat(kept).hasSize(9).containsEntry("page-size", 50L).containsEntry("small", -7L);
    assertThat(kept).containsEntry("player.volume", 0.5).containsEntry("odd", "a\\n\n \\\\ b♥");
    assertThat(kept).containsEntry("on", true).containsEntry("off", false);
    assertThat(kept).containsEntry("empty", "").containsEntry("big", (1L << 53) - 1);
    assertThat(keeper.of(BOB, twin.id()).values()).isEmpty();
    assertThat(keeper.of(BOB, ann.id()).values()).isEmpty();
    assertThat(audit.actions(ALICE)).containsExactly("profile.change");
  }

  @Test
  public void shouldChangeOnlyWhatIsNamedAndRemoveWhatIsNull() {
    change(ann, Map.of("theme", "dark", "volume", 0.5));
    Map<String, @Nullable Object> change = new HashMap<>();
    change.put("theme", null);
    change.put("absent", null);
    change.put("speed", 2);
    change(ann, change);
    change(ann, Map.of());

    assertThat(keeper.of(ALICE, ann.id()).values()).isEqualTo(Map.of("volume", 0.5, "speed", 2L));
    change(ann, Map.of("speed", 2));
    assertThat(audit.actions(ALICE)).hasSize(2);
  }

  @Test
  public void shouldPointToEachThatIsWrongAndKeepNothingOfTheChange() {
    change(ann, Map.of("theme", "dark"));
    Map<String, @Nullable Object> bad = new HashMap<>();
    bad.put("list", List.of(1));
    bad.put("object", Map.of());
    bad.put("a/b~c", 1);
    bad.put("", 1);
    bad.put("1st", 1);
    bad.put("x".repeat(65), 1);
    bad.put("long", "x".repeat(501));
    bad.put("turned", "a\u202Eb");
    bad.put("half", "\uD83D");
    bad.put("nan", Double.NaN);
    bad.put("huge", BigInteger.ONE.shiftLeft(53));
    bad.put("good", 1);
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> change(ann, bad));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors())
        .extracting(FieldError::pointer)
        .hasSize(bad.size() - 1)
        .contains("/preferences/list", "/preferences/a~1b~0c", "/preferences/huge")
        .doesNotContain("/preferences/good");
    assertThat(keeper.of(ALICE, ann.id()).values()).isEqualTo(Map.of("theme", "dark"));
  }

  @Test
  public void shouldHoldABoundedAmount() {
    Map<String, @Nullable Object> many = new HashMap<>();
    for (int i = 0; i < Preferences.MOST; i++) {
      many.put("p" + i, i);
    }
    change(ann, many);
    assertThat(pointers(Map.of("more", 1))).containsExactly("/preferences");

    Map<String, @Nullable Object> large = new HashMap<>();
    for (int i = 0; i < 17; i++) {
      large.put("p" + i, "x".repeat(500));
    }
    assertThat(pointers(large)).containsExactly("/preferences");
    Map<String, @Nullable Object> wide = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      wide.put("p" + i, "é".repeat(360));
    }
    change(ann, wide);
    assertThat(keeper.of(ALICE, ann.id()).values()).hasSize(Preferences.MOST);
  }

  @Test
  public void shouldSealThemAndExportAndEraseThoseOfOnePerson() throws Exception {
    change(ann, Map.of("theme", "Canary"));
    change(twin, Map.of("theme", "light"));
    try (Connection connection = db.unwatched().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT prefs FROM profile_preferences")) {
      while (rows.next()) {
        assertThat(rows.getString(1)).doesNotContain("Canary", "theme");
      }
    }
    assertThat(keeper.export(ALICE, ann.id()).get("preferences"))
        .containsExactly(Map.of("theme", "Canary"));

    keeper.erase(ALICE, ann.id());

    assertThat(keeper.export(ALICE, ann.id()).get("preferences")).isEmpty();
    assertThat(keeper.of(BOB, twin.id()).values()).isEqualTo(Map.of("theme", "light"));
  }

  @Test
  public void shouldKeepNoneWhereTheTenantDoesNot() {
    var unused = tenants.set(ALICE, AccountSettings.FIELDS, "displayName");
    assertThat(pointers(Map.of("theme", "dark"))).containsExactly("/preferences");
    change(twin, Map.of("theme", "dark"));
  }

  @Test
  public void shouldLoseNothingOfFirstChangesOfTheSameMoment() throws Exception {
    int many = 3;
    CyclicBarrier together = new CyclicBarrier(many);
    ExecutorService pool = Executors.newFixedThreadPool(many);
    try {
      List<Callable<Integer>> calls =
          java.util.stream.IntStream.range(0, many)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () -> {
                        int place = together.await(60, TimeUnit.SECONDS);
                        change(ann, Map.of("p" + i, i));
                        return place;
                      })
              .toList();
      for (Future<Integer> done : pool.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        assertThat(done.get()).isBetween(0, many);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(keeper.of(ALICE, ann.id()).values()).containsOnlyKeys("p0", "p1", "p2");
  }

  private List<String> pointers(Map<String, @Nullable Object> change) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> change(ann, change));
    return refused.errors().stream().map(FieldError::pointer).toList();
  }

  private void change(Account account, Map<String, @Nullable Object> preferences) {
    Caller caller = new Caller(account.tenant(), account.id(), Set.of(Role.ARTIST), "session");
    Wish wish =
        new Wish(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Collections.emptyMap(),
            preferences);
    assertThat(changes.change(caller, wish, Peer.unknown()).id()).isEqualTo(account.id());
  }
}
