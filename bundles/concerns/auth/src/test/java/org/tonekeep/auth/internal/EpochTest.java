package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.auth.internal.AuthService.Proof;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** What kills sessions, on which nodes and how fast (promise KAN-74), always with two tenants. */
@RunWith(Parameterized.class)
public final class EpochTest {
  private static final String EMAIL = "ann@example.org";
  private static final String PASSWORD = "correct horse battery";

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAuth here;
  private TestAuth there;
  private AccountId ann;
  private Begun session;
  private Begun twin;

  public EpochTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    here = new TestAuth(engine);
    there = here.secondNode();
    ann = here.accounts.create(ALICE, EMAIL, "Ann").id();
    session = here.begin(ALICE, ann);
    twin = here.begin(BOB, here.accounts.create(BOB, EMAIL, "Ann").id());
  }

  @After
  public void close() {
    here.close();
  }

  @Test
  public void shouldDieOnEveryNodeWithinASecondOfANewEpoch() {
    for (Runnable change :
        new Runnable[] {
          () -> done(here.accounts.beginEpoch(ALICE, ann)),
          () -> done(here.accounts.setRoles(ALICE, ann, Set.of(Role.STAFF))),
          () -> done(here.accounts.setEmail(ALICE, ann, "anna@example.org")),
          () -> done(here.accounts.setState(ALICE, ann, AccountState.SUSPENDED)),
        }) {
      Begun begun = here.begin(ALICE, ann);
      assertThat(here.sessions.authenticate(ALICE, begun.token())).isPresent();
      assertThat(there.sessions.authenticate(ALICE, begun.token())).isPresent();

      change.run();
      here.clock.advance(Duration.ofMillis(400));

      assertThat(here.sessions.authenticate(ALICE, begun.token())).isEmpty();
      assertThat(there.sessions.authenticate(ALICE, begun.token())).isEmpty();
      assertThat(here.sessions.list(ALICE, ann)).isEmpty();
    }
    assertThat(there.sessions.authenticate(BOB, twin.token())).isPresent();
  }

  @Test
  public void shouldSayOnEveryNodeWithinASecondThatASessionIsNotAliveAnyMore() {
    for (Runnable change :
        new Runnable[] {
          () -> done(here.accounts.beginEpoch(ALICE, ann)),
          () -> done(here.accounts.setState(ALICE, ann, AccountState.SUSPENDED)),
          () -> here.signIns.endAll(ALICE, ann),
          () -> here.clock.advance(Duration.ofDays(31)),
        }) {
      done(here.accounts.setState(ALICE, ann, AccountState.ACTIVE));
      Holder holder = Holder.of(here.caller(ALICE, here.begin(ALICE, ann)));
      assertThat(here.sessions.isLive(ALICE, holder)).isTrue();
      assertThat(there.sessions.isLive(ALICE, holder)).isTrue();
      assertThat(there.sessions.isLive(BOB, holder)).isFalse();

      change.run();
      here.clock.advance(Duration.ofMillis(400));

      assertThat(here.sessions.isLive(ALICE, holder)).isFalse();
      assertThat(there.sessions.isLive(ALICE, holder)).isFalse();
    }
  }

  @Test
  public void shouldKnowNoHolderOfAnotherAccountOrOfNobody() {
    Holder anns = Holder.of(here.caller(ALICE, session));
    assertThat(here.sessions.isLive(ALICE, anns)).isTrue();
    AccountId other = here.accounts.create(ALICE, "bea@example.org", "Bea").id();
    for (Holder wrong :
        new Holder[] {
          new Holder(anns.kind(), anns.id(), Optional.of(other), 0),
          new Holder(anns.kind(), anns.id(), Optional.empty(), 0),
          new Holder(anns.kind(), "nothing", anns.account(), 0)
        }) {
      assertThat(here.sessions.isLive(ALICE, wrong)).isFalse();
    }
    assertThat(here.sessions.end(ALICE, ann, anns.id())).isTrue();
    assertThat(here.sessions.isLive(ALICE, anns)).isFalse(); // here at once
  }

  @Test
  public void shouldKnowNobodyOfASuspendedAccountAlsoWithAYoungSession() {
    assertThat(here.accounts.setState(ALICE, ann, AccountState.SUSPENDED)).isTrue();

    Begun young = here.begin(ALICE, ann);

    assertThat(here.sessions.authenticate(ALICE, young.token())).isEmpty();
    assertThat(here.signIns.begin(ALICE, ann, Optional.empty(), "", "")).isEmpty();
  }

  @Test
  public void shouldExchangeTheActingSessionWhenAnEpochBegins() {
    Caller caller = here.caller(ALICE, session);
    assertThat(here.accounts.setEmail(ALICE, ann, "anna@example.org")).isTrue();
    here.clock.advance(Duration.ofDays(1));

    Begun rotated = here.signIns.rotate(caller);

    assertThat(rotated.age()).isEqualTo(Duration.ofDays(29));
    assertThat(there.caller(ALICE, rotated).account()).isEqualTo(ann);
    assertThat(here.sessions.authenticate(ALICE, session.token())).isEmpty();
    ProblemException gone =
        catchThrowableOfType(ProblemException.class, () -> here.signIns.rotate(caller));
    assertThat(gone.code()).isEqualTo("sign-in-required");
  }

  @Test
  public void shouldRevokeOnOtherNodesWithinASecond() {
    Caller caller = there.caller(ALICE, session);

    assertThat(here.control.end(caller, caller.session(), PEER)).isTrue();

    here.clock.advance(Duration.ofMillis(400));
    assertThat(there.sessions.authenticate(ALICE, session.token())).isEmpty();
    assertThat(there.sessions.authenticate(BOB, twin.token())).isPresent();
    assertThat(here.audit.actions(ALICE)).containsExactly("session.end");
    assertThat(here.audit.kept().get(0).entry().peer()).isEqualTo("tag-1");
  }

  @Test
  public void shouldCallAProofFreshForTheTimeTheTenantSays() {
    here.sites.set(ALICE, AuthKeys.STEP_UP, "PT5M");
    assertThat(here.caller(ALICE, session).proven()).isTrue();
    here.clock.advance(Duration.ofMinutes(5));
    Caller stale = here.caller(ALICE, session);
    assertThat(stale.proven()).isFalse();
    assertThat(here.caller(BOB, twin).proven()).isTrue();

    here.signIns.prove(stale);

    assertThat(here.caller(ALICE, session).proven()).isTrue();
  }

  @Test
  public void shouldProveAgainByThePasswordOnly() {
    Begun begun = here.signUp(ALICE, "bea@example.org", PASSWORD, "Bea").session();
    here.clock.advance(Duration.ofMinutes(11));
    Caller stale = here.caller(ALICE, begun);
    assertThat(stale.proven()).isFalse();

    ProblemException wrong =
        catchThrowableOfType(
            ProblemException.class, () -> here.auth.stepUp(stale, new Proof("nonsense", ""), PEER));
    assertThat(wrong.code()).isEqualTo("bad-credentials");
    assertThat(here.signIns.passwordIs(stale, "nonsense", "net-1")).isFalse();
    assertThat(here.caller(ALICE, begun).proven()).isFalse();

    here.auth.stepUp(stale, new Proof(PASSWORD, ""), PEER);

    assertThat(here.caller(ALICE, begun).proven()).isTrue();
    assertThat(here.signIns.passwordIs(stale, PASSWORD, "net-1")).isTrue();
    assertThat(here.audit.actions(ALICE)).endsWith("session.prove");
  }

  @Test
  public void shouldKeepFiftySessionsAndLetTheOldestGo() {
    for (int i = 0; i < Sessions.MOST; i++) {
      here.clock.advance(Duration.ofMillis(1));
      here.begin(ALICE, ann);
    }

    assertThat(here.sessions.list(ALICE, ann)).hasSize(Sessions.MOST);
    assertThat(here.sessions.authenticate(ALICE, session.token())).isEmpty();
    assertThat(here.sessions.authenticate(BOB, twin.token())).isPresent();
  }

  @Test
  public void shouldKeepTheDeviceSealedAndShowItToItsOwner() {
    here.clock.advance(Duration.ofMillis(1)); // newest first
    here.sessions.begin(here.accounts.find(ALICE, ann).orElseThrow(), "Firefox on Linux");

    SessionRow row = here.sessions.list(ALICE, ann).get(0);
    assertThat(row.label()).isNotEmpty().doesNotContain("Firefox");
    assertThat(here.sessions.label(ALICE, row)).isEqualTo("Firefox on Linux");
    assertThat(here.sessions.label(ALICE, here.sessions.list(ALICE, ann).get(1))).isEmpty();
    here.keys.destroy(ALICE, ann.value());
    assertThat(here.sessions.label(ALICE, row)).isEmpty();
  }

  @Test
  public void shouldPurgeWhatAnEarlierEpochLeft() {
    assertThat(here.accounts.beginEpoch(ALICE, ann)).isTrue();
    Begun fresh = here.begin(ALICE, ann);
    assertThat(here.accounts.beginEpoch(ALICE, ann)).isTrue();

    here.sessions.purge();

    assertThat(here.store.list(ALICE, ann)).isEmpty();
    assertThat(here.sessions.authenticate(ALICE, fresh.token())).isEmpty();
    assertThat(here.sessions.authenticate(BOB, twin.token())).isPresent();
  }

  private static void done(boolean changed) {
    assertThat(changed).isTrue();
  }
}
