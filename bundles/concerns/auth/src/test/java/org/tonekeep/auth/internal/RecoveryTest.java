package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.auth.internal.AuthService.Proof;
import org.tonekeep.auth.internal.AuthService.SignedIn;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SecondFactor;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Forgotten passwords and second factors, on each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class RecoveryTest {
  private static final String EMAIL = "ann@example.org";
  private static final String PASSWORD = "correct horse battery";
  private static final String NEXT = "quite another one";

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAuth bundle;
  private SignedIn ann;
  private SignedIn twin;

  public RecoveryTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestAuth(engine);
    ann = bundle.signUp(ALICE, EMAIL, PASSWORD, "Ann");
    twin = bundle.signUp(BOB, EMAIL, PASSWORD, "Ann");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldSetANewPasswordOnceAndEndEverySession() {
    String token = forgotten();
    assertThat(problem(() -> reset(BOB, token)).code()).isEqualTo("bad-token");
    ProblemException weak = problem(() -> bundle.recovery.reset(ALICE, token, "password", PEER));
    assertThat(weak.errors().get(0).pointer()).isEqualTo("/password");

    reset(ALICE, token);

    bundle.clock.advance(Duration.ofMillis(400));
    assertThat(bundle.sessions.authenticate(ALICE, ann.session().token())).isEmpty();
    assertThat(bundle.sessions.authenticate(BOB, twin.session().token())).isPresent();
    assertThat(problem(() -> bundle.logIn(ALICE, EMAIL, PASSWORD)).status()).isEqualTo(401);
    assertThat(bundle.logIn(ALICE, EMAIL, NEXT).account().id()).isEqualTo(ann.account().id());
    assertThat(problem(() -> reset(ALICE, token)).code()).isEqualTo("bad-token");
    assertThat(bundle.mails.last("auth.password-changed").to()).isEqualTo(EMAIL);
    assertThat(bundle.audit.actions(ALICE)).contains("password.forgot", "password.reset");
  }

  @Test
  public void shouldCostNeitherTheTryNorTheLinkWhenThePasswordIsWeak() {
    String token = forgotten();
    int before = bundle.limits.taken().size();
    for (String weak : List.of("password", "short", EMAIL)) {
      ProblemException refused = problem(() -> bundle.recovery.reset(ALICE, token, weak, PEER));
      assertThat(refused.status()).isEqualTo(422);
    }
    assertThat(bundle.limits.taken()).hasSize(before);
    assertThat(problem(() -> reset(ALICE, "invented")).code()).isEqualTo("bad-token");
    assertThat(bundle.limits.taken()).hasSize(before + 1);

    bundle.limits.exhaust(LimitedAct.RESET);
    assertThat(problem(() -> reset(ALICE, "invented")).status()).isEqualTo(429);
    reset(ALICE, token);

    assertThat(bundle.logIn(ALICE, EMAIL, NEXT).account().id()).isEqualTo(ann.account().id());
  }

  @Test
  public void shouldDieAfterHalfAnHourAndWithTheEpoch() {
    String old = forgotten();
    bundle.clock.advance(Duration.ofMinutes(30));
    assertThat(problem(() -> reset(ALICE, old)).code()).isEqualTo("bad-token");

    String dead = forgotten();
    Caller caller = bundle.caller(ALICE, bundle.logIn(ALICE, EMAIL, PASSWORD).session());
    Object unused = bundle.auth.changePassword(caller, PASSWORD, NEXT, PEER);
    assertThat(problem(() -> reset(ALICE, dead)).code()).isEqualTo("bad-token");

    String late = forgotten();
    assertThat(bundle.accounts.setState(ALICE, ann.account().id(), AccountState.SUSPENDED))
        .isTrue();
    assertThat(problem(() -> reset(ALICE, late)).code()).isEqualTo("bad-token");
  }

  @Test
  public void shouldDoTheSameForAnybodyAndWriteToOwnersOnly() {
    bundle.recovery.forgot(ALICE, "nobody@example.org", PEER);
    bundle.recovery.forgot(ALICE, "no address", PEER);
    bundle.recovery.forgot(ALICE, EMAIL, PEER);
    assertThat(bundle.jobs.waiting).hasSize(3);
    bundle.jobs.work(bundle.job);
    assertThat(bundle.mails.queued()).hasSize(1);

    bundle.recovery.forgot(ALICE, EMAIL, PEER);
    bundle.jobs.work(bundle.job);
    assertThat(bundle.mails.queued()).hasSize(1); // nobody floods the owner

    bundle.limits.exhaust(LimitedAct.RESET);
    assertThat(problem(() -> bundle.recovery.forgot(ALICE, EMAIL, PEER)).status()).isEqualTo(429);
  }

  @Test
  public void shouldAskForTheCodeAfterTheRightPasswordOnly() {
    Totp totp = new Totp();
    bundle.factors.add(totp);
    assertThat(bundle.accounts.setFactor(ALICE, ann.account().id(), "totp", true)).isTrue();

    assertThat(problem(() -> logIn("wrong one", "")).code()).isEqualTo("bad-credentials");
    assertThat(problem(() -> logIn(PASSWORD, "")).code()).isEqualTo("totp-required");
    ProblemException wrongCode = problem(() -> logIn(PASSWORD, "000000"));
    ProblemException wrongPassword = problem(() -> logIn("wrong one", "123456"));
    assertThat(wrongCode)
        .usingRecursiveComparison()
        .ignoringFields("stackTrace")
        .isEqualTo(wrongPassword);
    SignedIn in = logIn(PASSWORD, " 123456 ");
    assertThat(bundle.caller(ALICE, in.session()).proven()).isTrue();

    String token = forgotten();
    reset(ALICE, token);
    assertThat(
            problem(
                    () ->
                        bundle.auth.logIn(
                            ALICE, Optional.empty(), EMAIL, new Proof(NEXT, ""), PEER))
                .code())
        .isEqualTo("totp-required");
  }

  @Test
  public void shouldLetNobodyInWhileTheBundleOfTheFactorIsAway() {
    assertThat(bundle.accounts.setFactor(ALICE, ann.account().id(), "totp", true)).isTrue();

    assertThatThrownBy(() -> logIn(PASSWORD, "123456"))
        .isInstanceOf(PromiseUnkeptException.class)
        .hasMessageContaining("totp");
    assertThatThrownBy(() -> bundle.factorReset.byOperator(ALICE, ann.account().id()))
        .isInstanceOf(PromiseUnkeptException.class);
  }

  @Test
  public void shouldLetTheOperatorResetFactorsAndTellTheOwner() {
    bundle.factors.add(new Totp());
    AccountId id = ann.account().id();
    assertThat(bundle.factorReset.byOperator(ALICE, id)).isFalse();
    assertThat(bundle.accounts.setFactor(ALICE, id, "totp", true)).isTrue();

    assertThat(bundle.factorReset.byOperator(ALICE, id)).isTrue();

    assertThat(logIn(PASSWORD, "").account().factors()).isEmpty();
    bundle.clock.advance(Duration.ofMillis(400));
    assertThat(bundle.sessions.authenticate(ALICE, ann.session().token())).isEmpty();
    assertThat(bundle.mails.last("auth.factors-reset").to()).isEqualTo(EMAIL);
    assertThat(bundle.audit.actions(ALICE)).contains("account.reset-factors");
  }

  @Test
  public void shouldTellASuspendedOwnerOnlyAfterTheRightPassword() {
    assertThat(bundle.accounts.setState(ALICE, ann.account().id(), AccountState.SUSPENDED))
        .isTrue();

    assertThat(problem(() -> logIn("wrong one", "")).code()).isEqualTo("bad-credentials");
    assertThat(problem(() -> logIn(PASSWORD, "")).code()).isEqualTo("suspended");
    bundle.recovery.forgot(ALICE, EMAIL, PEER);
    bundle.jobs.work(bundle.job);
    assertThat(bundle.mails.queued()).isEmpty();
  }

  @Test
  public void shouldCountAFloodOfFailuresInsteadOfWritingThemAll() {
    for (int i = 0; i < 25; i++) {
      bundle.failures.note(ann.account(), "session.begin", "password", "t");
    }
    bundle.failures.note(twin.account(), "session.begin", "password", "t");
    bundle.clock.advance(Duration.ofMinutes(1));
    bundle.failures.write();

    assertThat(bundle.audit.kept())
        .filteredOn(k -> !k.entry().success() && k.tenant().equals(ALICE))
        .hasSize(11)
        .last()
        .satisfies(k -> assertThat(k.entry().facts()).containsEntry("more", "15"));
    assertThat(bundle.audit.kept())
        .filteredOn(k -> !k.entry().success() && k.tenant().equals(BOB))
        .hasSize(1);
  }

  @Test
  public void shouldWriteAsMuchOfUnknownAddressesAsOfKnownOnes() {
    for (String address : List.of("x@example.org", "ann@example.org", "y@example.org")) {
      Optional<Account> account = bundle.accounts.findByEmail(ALICE, address);
      for (int i = 1; i <= 12; i++) {
        int before = bundle.audit.kept().size();
        bundle.failures.note(ALICE, "session.begin", address, account, "password", "t");
        assertThat(bundle.audit.kept().size() - before).as(address).isEqualTo(i <= 10 ? 1 : 0);
      }
    }
  }

  @Test
  public void shouldCountTogetherWhatComesAfterTooManyAddresses() {
    for (int i = 0; i < Failures.MOST + 25; i++) {
      String address = i + "@example.org";
      bundle.failures.note(ALICE, "session.begin", address, Optional.empty(), "password", "t");
    }
    assertThat(bundle.audit.kept())
        .filteredOn(k -> !k.entry().success())
        .hasSize(Failures.MOST + 10);
    bundle.failures.note(twin.account(), "session.begin", "password", "t");
    assertThat(bundle.audit.kept())
        .filteredOn(k -> !k.entry().success())
        .hasSize(Failures.MOST + 11);
  }

  private String forgotten() {
    bundle.clock.advance(TokenKind.RESET.pause());
    bundle.recovery.forgot(ALICE, " ANN@example.org", PEER);
    bundle.jobs.work(bundle.job);
    String link = String.valueOf(bundle.mails.last("auth.reset").values().get("link"));
    assertThat(link).startsWith("/reset#token=");
    return link.substring(link.indexOf("#token=") + 7);
  }

  private void reset(TenantId tenant, String token) {
    bundle.recovery.reset(tenant, token, NEXT, PEER);
  }

  private SignedIn logIn(String password, String code) {
    return bundle.auth.logIn(ALICE, Optional.empty(), EMAIL, new Proof(password, code), PEER);
  }

  private final class Totp implements SecondFactor {
    @Override
    public String kind() {
      return "totp";
    }

    @Override
    public boolean verify(TenantId tenant, AccountId account, String code) {
      return code.equals("123456");
    }

    @Override
    public boolean reset(TenantId tenant, AccountId account) {
      boolean had = bundle.accounts.find(tenant, account).orElseThrow().factors().contains("totp");
      return had && bundle.accounts.setFactor(tenant, account, "totp", false);
    }
  }

  private static ProblemException problem(ThrowingCallable call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
