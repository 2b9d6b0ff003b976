package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Sessions over a real database of each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class SessionsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAuth bundle;
  private Sessions sessions;
  private AccountId ann;

  public SessionsTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestAuth(engine);
    sessions = bundle.sessions;
    ann = bundle.accounts.create(ALICE, "ann@example.org", "Ann").id();
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldTurnATokenIntoItsCallerInItsTenantOnly() {
    bundle.accounts.setRoles(ALICE, ann, Set.of(Role.STAFF));
    Begun begun = bundle.begin(ALICE, ann);

    Caller caller = sessions.authenticate(ALICE, begun.token()).orElseThrow();

    assertThat(caller.tenant()).isEqualTo(ALICE);
    assertThat(caller.account()).isEqualTo(ann);
    assertThat(caller.roles()).containsExactlyInAnyOrder(Role.ARTIST, Role.STAFF);
    assertThat(caller.session()).isNotEqualTo(begun.token());
    assertThat(begun.age()).isEqualTo(Duration.ofDays(30));
    assertThat(sessions.authenticate(BOB, begun.token())).isEmpty();
    assertThat(sessions.authenticate(ALICE, bundle.tokens.next(ALICE).value())).isEmpty();
    assertThat(sessions.authenticate(ALICE, "nonsense")).isEmpty();
  }

  @Test
  public void shouldStoreADigestOfTheTokenOnly() throws Exception {
    Begun begun = bundle.begin(ALICE, ann);

    try (Connection connection = bundle.db.unwatched().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM auth_session")) {
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        String value = rows.getString(i);
        assertThat(value.length() > 5 && begun.token().contains(value)).isFalse();
      }
    }
  }

  @Test
  public void shouldEndAtTheTimeToLiveHoweverOftenItIsUsed() {
    bundle.sites.set(ALICE, AuthKeys.SESSION_IDLE, "P60D");
    Begun begun = bundle.begin(ALICE, ann);

    bundle.clock.advance(Duration.ofDays(30).minus(Duration.ofHours(1)));
    assertThat(sessions.authenticate(ALICE, begun.token())).isPresent();
    bundle.lastSeen.write();
    bundle.clock.advance(Duration.ofHours(1).plus(SECOND));
    assertThat(sessions.authenticate(ALICE, begun.token())).isEmpty();
    assertThat(sessions.list(ALICE, ann)).isEmpty();
  }

  @Test
  public void shouldEndWhenUnusedAndLiveOnWhenUsed() {
    Begun used = bundle.begin(ALICE, ann);
    Begun unused = bundle.begin(ALICE, ann);

    bundle.clock.advance(Duration.ofDays(10));
    assertThat(sessions.authenticate(ALICE, used.token())).isPresent();
    bundle.lastSeen.write();
    bundle.clock.advance(Duration.ofDays(4));

    assertThat(sessions.authenticate(ALICE, unused.token())).isEmpty();
    assertThat(sessions.authenticate(ALICE, used.token())).isPresent();
  }

  @Test
  public void shouldEndOldSessionsWhenTheTenantShortensTheirLife() {
    Begun begun = bundle.begin(ALICE, ann);
    bundle.clock.advance(Duration.ofHours(2));
    assertThat(sessions.authenticate(ALICE, begun.token())).isPresent();

    bundle.sites.set(ALICE, AuthKeys.SESSION_TTL, "PT1H");
    bundle.clock.advance(SECOND);

    assertThat(sessions.authenticate(ALICE, begun.token())).isEmpty();
  }

  @Test
  public void shouldNoteTheLastUseAtMostOnceAMinuteAndNeverBackwards() {
    Begun begun = bundle.begin(ALICE, ann);
    Instant start = bundle.clock.instant();
    bundle.clock.advance(Duration.ofSeconds(59));
    assertThat(sessions.authenticate(ALICE, begun.token())).isPresent();
    bundle.lastSeen.write();
    assertThat(lastSeen()).isEqualTo(start);

    bundle.clock.advance(SECOND);
    assertThat(sessions.authenticate(ALICE, begun.token())).isPresent();
    assertThat(lastSeen()).isEqualTo(start); // not in the request
    bundle.lastSeen.write();
    assertThat(lastSeen()).isEqualTo(start.plusSeconds(60));

    String id = sessions.list(ALICE, ann).get(0).id();
    bundle.store.touch(ALICE, id, start);
    bundle.store.touch(BOB, id, start.plusSeconds(999));
    assertThat(lastSeen()).isEqualTo(start.plusSeconds(60));
  }

  @Test
  public void shouldForgetARevokedSessionAtOnceAlthoughLookUpsAreRemembered() {
    Begun begun = bundle.begin(ALICE, ann);
    Caller caller = sessions.authenticate(ALICE, begun.token()).orElseThrow();

    assertThat(sessions.end(ALICE, ann, caller.session())).isTrue();

    assertThat(sessions.authenticate(ALICE, begun.token())).isEmpty();
    assertThat(sessions.end(ALICE, ann, caller.session())).isFalse();
  }

  @Test
  public void shouldRememberALookUpForLessThanASecond() {
    Begun begun = bundle.begin(ALICE, ann);
    assertThat(sessions.authenticate(ALICE, begun.token())).isPresent();
    bundle.store.removeOthers(ALICE, ann, ""); // as another node would

    bundle.clock.advance(SECOND);

    assertThat(sessions.authenticate(ALICE, begun.token())).isEmpty();
  }

  @Test
  public void shouldEndNothingOfSomebodyElse() {
    AccountId ben = bundle.accounts.create(ALICE, "ben@example.org", "").id();
    Begun hers = bundle.begin(ALICE, ann);
    Begun his = bundle.begin(ALICE, ben);
    String id = sessions.list(ALICE, ann).get(0).id();

    assertThat(sessions.end(ALICE, ben, id)).isFalse();
    assertThat(sessions.end(BOB, ann, id)).isFalse();
    sessions.endOthers(ALICE, ben, "");
    sessions.endOthers(BOB, ann, "");

    assertThat(sessions.authenticate(ALICE, hers.token())).isPresent();
    assertThat(sessions.authenticate(ALICE, his.token())).isEmpty();
  }

  @Test
  public void shouldEndAllOthersButTheSparedOne() {
    Begun spared = bundle.begin(ALICE, ann);
    String id = sessions.list(ALICE, ann).get(0).id();
    Begun other = bundle.begin(ALICE, ann);

    sessions.endOthers(ALICE, ann, id);

    assertThat(sessions.authenticate(ALICE, spared.token())).isPresent();
    assertThat(sessions.authenticate(ALICE, other.token())).isEmpty();
  }

  @Test
  public void shouldKeepTheSessionWhenTheTransactionThatEndsItFails() {
    Begun begun = bundle.begin(ALICE, ann);

    assertThatThrownBy(
            () ->
                bundle
                    .db
                    .tx()
                    .run(
                        ALICE,
                        () -> {
                          sessions.endOthers(ALICE, ann, "");
                          throw new IllegalStateException("later step");
                        }))
        .hasMessage("later step");

    bundle.clock.advance(SECOND);
    assertThat(sessions.authenticate(ALICE, begun.token())).isPresent();
  }

  @Test
  public void shouldKnowNobodyOfASuspendedTenantOrAnErasedAccount() {
    AccountId bea = bundle.accounts.create(BOB, "bea@example.org", "").id();
    Begun hers = bundle.begin(BOB, bea);
    bundle.sites.suspend(BOB);
    assertThat(sessions.authenticate(BOB, hers.token())).isEmpty();

    Begun orphan = bundle.begin(ALICE, ann);
    bundle.keys.destroy(ALICE, ann.value());
    assertThat(sessions.authenticate(ALICE, orphan.token())).isEmpty();
  }

  @Test
  public void shouldPurgeEndedSessionsOfEachTenantByItsOwnLimits() {
    AccountId bea = bundle.accounts.create(BOB, "bea@example.org", "").id();
    bundle.sites.set(ALICE, AuthKeys.SESSION_IDLE, "P1D");
    bundle.begin(ALICE, ann);
    bundle.begin(BOB, bea);
    bundle.clock.advance(Duration.ofDays(1));
    Begun fresh = bundle.begin(ALICE, ann);

    sessions.purge();

    assertThat(bundle.store.list(ALICE, ann)).hasSize(1);
    assertThat(sessions.authenticate(ALICE, fresh.token())).isPresent();
    assertThat(bundle.store.list(BOB, bea)).hasSize(1);

    bundle.sites.suspend(BOB);
    bundle.clock.advance(Duration.ofDays(13));
    sessions.purge();
    assertThat(bundle.store.list(BOB, bea)).isEmpty(); // what a suspended tenant owes goes on
  }

  @Test
  public void shouldExportAndEraseOnePersonOfOneTenant() {
    AccountId bea = bundle.accounts.create(BOB, "ann@example.org", "").id();
    Begun begun = bundle.begin(ALICE, ann);
    Begun elsewhere = bundle.begin(BOB, bea);
    bundle.credentials.insert(ALICE, ann, new Credential("s", "secret-hash"));
    bundle.credentials.insert(BOB, bea, new Credential("s", "secret-hash"));
    assertThat(sessions.authenticate(ALICE, begun.token())).isPresent();

    Map<String, List<Map<String, Object>>> held = bundle.holder.export(ALICE, ann);
    assertThat(held.get("session")).hasSize(1);
    assertThat(held.get("credential")).containsExactly(Map.of("scheme", "s"));
    assertThat(held.toString()).doesNotContain("secret-hash").doesNotContain(begun.token());

    bundle.holder.erase(BOB, ann);
    assertThat(bundle.credentials.find(ALICE, ann)).isPresent();
    bundle.holder.erase(ALICE, ann);
    bundle.holder.erase(ALICE, ann);
    assertThat(sessions.authenticate(ALICE, begun.token())).isEmpty();
    assertThat(bundle.credentials.find(ALICE, ann)).isEqualTo(Optional.empty());
    assertThat(sessions.authenticate(BOB, elsewhere.token())).isPresent();
    assertThat(bundle.credentials.find(BOB, bea)).isPresent();
  }

  @Test
  public void shouldNameTheCookieAsTheTenantSays() {
    bundle.sites.set(BOB, AuthKeys.COOKIE_NAME, "user_session");

    assertThat(sessions.cookieName(ALICE)).isEqualTo("session");
    assertThat(sessions.cookieName(BOB)).isEqualTo("user_session");
  }

  private Instant lastSeen() {
    return sessions.list(ALICE, ann).get(0).lastSeen();
  }
}
