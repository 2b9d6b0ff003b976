package org.tonekeep.appkeys.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Keys over a real database of each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class AppKeysTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAppKeys bundle;
  private Caller ann;
  private Caller bea;

  public AppKeysTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestAppKeys(engine);
    ann = bundle.account(ALICE, "annika");
    bea = bundle.account(BOB, "beatrix");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldSignInByAKeyForWhatItWasMadeFor() {
    assertThat(bundle.accounts.setRoles(ALICE, ann.account(), Set.of(Role.STAFF))).isTrue();
    AppKeys.Made made = bundle.made(ann, Scope.READ, Scope.UPLOAD);

    Caller caller = bundle.callers.authenticate(ALICE, made.token()).orElseThrow();

    assertThat(caller.account()).isEqualTo(ann.account());
    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.UPLOAD);
    assertThat(caller.roles()).containsExactly(Role.ARTIST);
    assertThat(caller.proven()).isFalse();
    assertThat(caller.session()).isEqualTo(made.key().id());
    assertThat(bundle.callers.authenticate(BOB, made.token())).isEmpty();
    assertThat(made.toString()).doesNotContain(made.token());
  }

  @Test
  public void shouldKnowNoTokenThatIsAltered() {
    String token = bundle.made(ann, Scope.READ).token();
    bundle.made(bea, Scope.READ);

    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'a' ? 'b' : 'a';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(bundle.tokens.idOf(ALICE, altered)).as(altered).isEmpty();
      assertThat(bundle.callers.authenticate(ALICE, altered)).isEmpty();
    }
    for (String wrong :
        List.of("", "tk_", token + "A", token.toUpperCase(Locale.ROOT), "x".repeat(100_000))) {
      assertThat(bundle.callers.authenticate(ALICE, wrong)).isEmpty();
    }
    // Made by the right key ring, and yet no key of anybody.
    String id = bundle.made(ann, Scope.READ).key().id();
    assertThat(bundle.callers.authenticate(ALICE, bundle.tokens.next(ALICE, id))).isEmpty();
  }

  @Test
  public void shouldDieWithTheEpochTheStateAndTheDate() {
    String token = bundle.made(ann, Scope.READ).token();
    assertThat(bundle.accounts.setState(ALICE, ann.account(), AccountState.PENDING)).isTrue();
    assertThat(bundle.callers.authenticate(ALICE, token)).isEmpty();
    assertThat(bundle.accounts.setState(ALICE, ann.account(), AccountState.ACTIVE)).isTrue();
    assertThat(bundle.callers.authenticate(ALICE, token)).isPresent();

    assertThat(bundle.accounts.beginEpoch(ALICE, ann.account())).isTrue();
    bundle.clock.advance(SECOND);
    assertThat(bundle.callers.authenticate(ALICE, token)).isEmpty();
    assertThat(bundle.keys.list(ann)).isEmpty();

    String next = bundle.made(ann, Scope.READ).token();
    assertThat(bundle.store.list(ALICE, ann.account())).hasSize(1); // the dead one is gone
    bundle.clock.advance(Duration.ofDays(365).minus(SECOND));
    assertThat(bundle.callers.authenticate(ALICE, next)).isPresent();
    bundle.clock.advance(SECOND);
    assertThat(bundle.callers.authenticate(ALICE, next)).isEmpty();
    assertThat(bundle.keys.list(ann)).isEmpty();
  }

  @Test
  public void shouldActOnARevocationAtOnceHereAndWithinASecondElsewhere() {
    KeyCallers elsewhere = bundle.node();
    AppKeys.Made made = bundle.made(ann, Scope.READ);
    assertThat(bundle.callers.authenticate(ALICE, made.token())).isPresent();
    assertThat(elsewhere.authenticate(ALICE, made.token())).isPresent();

    assertThat(bundle.keys.end(ann, made.key().id(), "")).isTrue();

    assertThat(bundle.callers.authenticate(ALICE, made.token())).isEmpty();
    bundle.clock.advance(SECOND);
    assertThat(elsewhere.authenticate(ALICE, made.token())).isEmpty();
    assertThat(bundle.keys.end(ann, made.key().id(), "")).isFalse();
  }

  @Test
  public void shouldSayWithinASecondOnEveryNodeThatAKeyIsNotAliveAnyMore() {
    KeyCallers elsewhere = bundle.node();
    AppKeys.Made made = bundle.made(ann, Scope.READ);
    Holder holder = Holder.of(bundle.callers.authenticate(ALICE, made.token()).orElseThrow());
    assertThat(holder.kind()).isEqualTo(Holder.KEY);
    assertThat(bundle.callers.isLive(ALICE, holder)).isTrue();
    assertThat(elsewhere.isLive(ALICE, holder)).isTrue();
    assertThat(elsewhere.isLive(BOB, holder)).isFalse();
    Holder beas = new Holder(Holder.KEY, holder.id(), Optional.of(bea.account()), 0);
    assertThat(elsewhere.isLive(ALICE, beas)).isFalse();

    assertThat(bundle.keys.end(ann, made.key().id(), "")).isTrue();

    assertThat(bundle.callers.isLive(ALICE, holder)).isFalse();
    bundle.clock.advance(SECOND);
    assertThat(elsewhere.isLive(ALICE, holder)).isFalse();
    Holder next = Holder.of(caller(bundle.made(ann, Scope.READ)));
    assertThat(bundle.callers.isLive(ALICE, next)).isTrue();
    assertThat(bundle.accounts.beginEpoch(ALICE, ann.account())).isTrue();
    bundle.clock.advance(SECOND);
    assertThat(bundle.callers.isLive(ALICE, next)).isFalse();
  }

  private Caller caller(AppKeys.Made made) {
    return bundle.callers.authenticate(ALICE, made.token()).orElseThrow();
  }

  @Test
  public void shouldEndNoKeyOfSomebodyElse() {
    Caller ben = bundle.account(ALICE, "benjamin");
    AppKeys.Made made = bundle.made(ann, Scope.READ);

    assertThat(bundle.keys.end(ben, made.key().id(), "")).isFalse();
    assertThat(bundle.keys.end(TestAppKeys.caller(BOB, ann.account()), made.key().id(), ""))
        .isFalse();

    assertThat(bundle.callers.authenticate(ALICE, made.token())).isPresent();
    assertThat(bundle.keys.list(ben)).isEmpty();
    assertThat(bundle.keys.list(bea)).isEmpty();
  }

  @Test
  public void shouldKeepNoSecretInTheClear() throws SQLException {
    AppKeys.Made script = bundle.made(ann, Scope.READ);
    AppKeys.Made player = bundle.made(ann, Scope.SUBSONIC);

    try (Connection connection = bundle.db.unwatched().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM appkeys_key")) {
      int count = 0;
      while (rows.next()) {
        count++;
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String value = String.valueOf(rows.getString(i));
          assertThat(value)
              .doesNotContain(script.token().substring(36))
              .doesNotContain(player.token().substring(36))
              .doesNotContain("phone");
        }
        assertThat(rows.getString("secret") == null)
            .isEqualTo(rows.getString("id").equals(script.key().id()));
      }
      assertThat(count).isEqualTo(2);
    }
  }

  @Test
  public void shouldRefuseWhatMakesNoSense() {
    Instant now = bundle.clock.instant();
    assertThat(pointer("  ", Set.of(Scope.READ), Optional.empty())).isEqualTo("/name");
    assertThat(pointer("x".repeat(61), Set.of(Scope.READ), Optional.empty())).isEqualTo("/name");
    assertThat(pointer("a\nb", Set.of(Scope.READ), Optional.empty())).isEqualTo("/name");
    assertThat(pointer("a", Set.of(), Optional.empty())).isEqualTo("/scope");
    assertThat(pointer("a", Set.of(Scope.SESSION), Optional.empty())).isEqualTo("/scope");
    assertThat(pointer("a", Set.of(Scope.SUBSONIC, Scope.READ), Optional.empty()))
        .isEqualTo("/scope");
    assertThat(pointer("a", Set.of(Scope.READ), Optional.of(now))).isEqualTo("/expiresAt");
    assertThat(pointer("a", Set.of(Scope.READ), Optional.of(now.plus(Duration.ofDays(732)))))
        .isEqualTo("/expiresAt");
    assertThat(pointer("a", Set.of(Scope.READ), Optional.of(Instant.MAX))).isEqualTo("/expiresAt");
    assertThat(bundle.keys.list(ann)).isEmpty();
  }

  @Test
  public void shouldHaveFiftyKeysAtMostAlsoWhenManyAreMadeAtOnce() throws InterruptedException {
    for (int i = 0; i < AppKeys.MOST - 2; i++) {
      bundle.made(ann, Scope.READ);
    }
    ExecutorService pool = Executors.newFixedThreadPool(6);
    List<Future<?>> tries = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tries.add(pool.submit(() -> bundle.made(ann, Scope.READ)));
    }
    int made = 0;
    for (Future<?> one : tries) {
      try {
        one.get();
        made++;
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(ProblemException.class);
      }
    }
    pool.shutdown();

    assertThat(made).isEqualTo(2);
    assertThat(bundle.keys.list(ann)).hasSize(AppKeys.MOST);
    assertThat(bundle.made(bea, Scope.READ).key().id()).isNotEmpty();
    assertThat(bundle.keys.end(ann, bundle.keys.list(ann).get(7).id(), "")).isTrue();
    assertThat(bundle.made(ann, Scope.READ).key().id()).isNotEmpty();
  }

  @Test
  public void shouldNoteTheLastUseAtMostOnceAnHourAndNotInTheRequest() {
    AppKeys.Made made = bundle.made(ann, Scope.READ);
    Instant start = bundle.clock.instant();
    assertThat(bundle.callers.authenticate(ALICE, made.token())).isPresent();
    assertThat(lastUsed()).isEmpty();
    bundle.lastUsed.write();
    assertThat(lastUsed()).contains(start);

    bundle.clock.advance(Duration.ofMinutes(59));
    assertThat(bundle.callers.authenticate(ALICE, made.token())).isPresent();
    bundle.lastUsed.write();
    assertThat(lastUsed()).contains(start);

    bundle.clock.advance(Duration.ofMinutes(1));
    assertThat(bundle.callers.authenticate(ALICE, made.token())).isPresent();
    bundle.lastUsed.write();
    assertThat(lastUsed()).contains(start.plus(Duration.ofHours(1)));
    bundle.store.touch(BOB, made.key().id(), start.plus(Duration.ofDays(1)));
    bundle.store.touch(ALICE, made.key().id(), start);
    assertThat(lastUsed()).contains(start.plus(Duration.ofHours(1)));
  }

  @Test
  public void shouldTellTheOwnerAndTheAuditLogWithoutTheKey() {
    AppKeys.Made made =
        bundle.keys.create(ann, "phone", Set.of(Scope.UPLOAD), Optional.empty(), "peer-tag");
    assertThat(bundle.keys.end(ann, made.key().id(), "peer-tag")).isTrue();

    assertThat(bundle.audit.actions(ALICE)).containsExactly("key.create", "key.revoke");
    AuditEntry entry = bundle.audit.kept().get(0).entry();
    assertThat(entry.subject()).isEqualTo(made.key().id());
    assertThat(entry.owner()).contains(ann.account());
    assertThat(entry.peer()).isEqualTo("peer-tag");
    assertThat(entry.facts()).isEqualTo(Map.of("scope", "upload"));
    assertThat(bundle.mails.last(AppKeysMails.CREATED).to()).isEqualTo("annika@example.org");
    assertThat(bundle.mails.last(AppKeysMails.CREATED).values())
        .isEqualTo(Map.of("scope", "upload", "expires", "2027-11-01"));
  }

  @Test
  public void shouldSignNobodyInWhereTheFeatureIsOff() {
    String token = bundle.made(ann, Scope.READ).token();
    bundle.gate.turn(ALICE, AppKeysFeature.ID, false);

    assertThat(bundle.callers.authenticate(ALICE, token)).isEmpty();
  }

  @Test
  public void shouldPurgeExpiredKeysOfEachTenant() {
    bundle.keys.create(
        ann, "short", Set.of(Scope.READ), Optional.of(bundle.clock.instant().plus(SECOND)), "");
    bundle.made(bea, Scope.READ);
    bundle.clock.advance(SECOND);

    bundle.keys.purge();

    assertThat(bundle.store.list(ALICE, ann.account())).isEmpty();
    assertThat(bundle.store.list(BOB, bea.account())).hasSize(1);
  }

  @Test
  public void shouldPurgeKeysOfEpochsThatAreOverAndNoOthers() {
    AppKeys.Made old = bundle.made(ann, Scope.SUBSONIC);
    AppKeys.Made others = bundle.made(bea, Scope.READ);
    Caller ben = bundle.account(ALICE, "benjamin");
    bundle.made(ben, Scope.READ);
    assertThat(bundle.accounts.beginEpoch(ALICE, ann.account())).isTrue();

    bundle.keys.purge();

    assertThat(bundle.store.find(ALICE, old.key().id())).isEmpty();
    assertThat(bundle.store.find(BOB, others.key().id())).isPresent();
    assertThat(bundle.store.list(ALICE, ben.account())).hasSize(1);
    AppKeys.Made next = bundle.made(ann, Scope.READ);
    bundle.store.removeDead(ALICE, ann.account(), 0, bundle.clock.instant()); // a look too early
    bundle.keys.purge();
    assertThat(bundle.store.find(ALICE, next.key().id())).isPresent();
  }

  @Test
  public void shouldExportAndEraseOnePersonOfOneTenant() {
    AppKeys.Made hers = bundle.made(ann, Scope.SUBSONIC);
    AppKeys.Made other = bundle.made(bea, Scope.READ);

    String held = bundle.holder.export(ALICE, ann.account()).toString();
    assertThat(held).contains("phone").contains("subsonic");
    assertThat(held)
        .doesNotContain(hers.token())
        .doesNotContain(hers.key().tokenHash())
        .doesNotContain(other.key().id());

    bundle.holder.erase(BOB, ann.account());
    assertThat(bundle.callers.authenticate(ALICE, hers.token())).isPresent();
    bundle.holder.erase(ALICE, ann.account());
    bundle.holder.erase(ALICE, ann.account());
    assertThat(bundle.callers.authenticate(ALICE, hers.token())).isEmpty();
    assertThat(bundle.callers.authenticate(BOB, other.token())).isPresent();
  }

  @Test
  public void shouldHaveNothingLeftToReadWhenTheOwnersKeyIsDestroyed() {
    String token = bundle.made(ann, Scope.SUBSONIC).token();
    bundle.ring.destroy(ALICE, ann.account().value());

    assertThat(bundle.callers.authenticate(ALICE, token)).isEmpty();
    assertThat(bundle.store.list(ALICE, ann.account())).isEmpty();
    assertThat(bundle.store.withSecrets(ALICE, ann.account())).isEmpty();
  }

  private Optional<Instant> lastUsed() {
    return bundle.keys.list(ann).get(0).lastUsed();
  }

  private String pointer(String name, Set<Scope> scopes, Optional<Instant> expiresAt) {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> bundle.keys.create(ann, name, scopes, expiresAt, ""));
    return problem.errors().get(0).pointer();
  }
}
