package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

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
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestLimits.Taken;

/** Signing up and in over a real database of each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class AuthServiceTest {
  private static final String EMAIL = "ann@example.org";
  private static final String PASSWORD = "correct horse battery";

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAuth bundle;

  public AuthServiceTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestAuth(engine);
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldSignUpAndInAndKeepTenantsApart() {
    SignedIn up = signUp();
    assertThat(bundle.sessions.authenticate(ALICE, up.session().token()).orElseThrow().account())
        .isEqualTo(up.account().id());

    SignedIn in = bundle.logIn(ALICE, " ANN@Example.org ", PASSWORD);
    assertThat(in.account()).isEqualTo(up.account());
    assertThat(in.session().token()).isNotEqualTo(up.session().token());
    assertThat(bundle.sessions.list(ALICE, up.account().id())).hasSize(2);

    assertThat(problem(() -> logIn(EMAIL, PASSWORD + "x")).code()).isEqualTo("bad-credentials");
    ProblemException elsewhere = problem(() -> bundle.logIn(BOB, EMAIL, PASSWORD));
    assertThat(elsewhere.code()).isEqualTo("bad-credentials");
  }

  @Test
  public void shouldAnswerAnUnknownNameExactlyAsAWrongPassword() {
    signUp();

    ProblemException wrong = problem(() -> logIn(EMAIL, "something else"));
    ProblemException unknown = problem(() -> logIn("nobody@example.org", PASSWORD));
    ProblemException nonsense = problem(() -> logIn("nobody", PASSWORD));

    assertThat(unknown).usingRecursiveComparison().ignoringFields("stackTrace").isEqualTo(wrong);
    assertThat(nonsense).usingRecursiveComparison().ignoringFields("stackTrace").isEqualTo(wrong);
    assertThat(wrong.status()).isEqualTo(401);
  }

  @Test
  public void shouldEndTheSessionThatTheBrowserHad() {
    SignedIn up = signUp();
    Caller old = bundle.sessions.authenticate(ALICE, up.session().token()).orElseThrow();

    SignedIn in = bundle.auth.logIn(ALICE, Optional.of(old), EMAIL, new Proof(PASSWORD, ""), PEER);

    assertThat(bundle.sessions.authenticate(ALICE, up.session().token())).isEmpty();
    assertThat(bundle.sessions.authenticate(ALICE, in.session().token())).isPresent();
  }

  @Test
  public void shouldRefuseATakenAddressAndLeaveNothingBehind() {
    SignedIn up = signUp();

    assertThatThrownBy(() -> bundle.signUp(ALICE, "Ann@Example.org", PASSWORD, ""))
        .isInstanceOf(EmailTakenException.class);

    assertThat(bundle.accounts.list(ALICE, "", 10)).containsExactly(up.account());
    assertThat(bundle.signUp(BOB, EMAIL, PASSWORD, "")).isNotNull();
  }

  @Test
  public void shouldNameEveryWrongFieldOfASignUp() {
    ProblemException problem = problem(() -> bundle.signUp(ALICE, "ann", "short", "a\nb"));

    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/email", "/password", "/displayName");
    assertThat(problem(() -> bundle.signUp(ALICE, "", "", "")).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/email", "/password");
    assertThat(bundle.accounts.list(ALICE, "", 10)).isEmpty();
  }

  @Test
  public void shouldOpenNoAccountsWhereSignUpIsClosedOrAPromiseIsUnkept() {
    bundle.sites.set(BOB, AuthKeys.SIGNUP, "closed");
    ProblemException closed = problem(() -> bundle.signUp(BOB, EMAIL, PASSWORD, ""));
    assertThat(closed.status()).isEqualTo(403);
    assertThat(closed.code()).isEqualTo("signup-closed");

    bundle.sites.stopKeeper();
    assertThatThrownBy(this::signUp).isInstanceOf(PromiseUnkeptException.class);
    assertThat(bundle.accounts.list(ALICE, "", 10)).isEmpty();
    assertThat(bundle.accounts.list(BOB, "", 10)).isEmpty();
  }

  @Test
  public void shouldReplaceAllSessionsWhenThePasswordChanges() {
    SignedIn up = signUp();
    Caller caller = bundle.sessions.authenticate(ALICE, up.session().token()).orElseThrow();
    Begun other = bundle.begin(ALICE, caller.account());

    ProblemException wrong =
        problem(() -> bundle.auth.changePassword(caller, "wrong", "a new password", PEER));
    assertThat(wrong.code()).isEqualTo("bad-credentials");
    ProblemException weak =
        problem(() -> bundle.auth.changePassword(caller, PASSWORD, "password", PEER));
    assertThat(weak.errors()).extracting(FieldError::pointer).containsExactly("/new");
    ProblemException same =
        problem(() -> bundle.auth.changePassword(caller, PASSWORD, PASSWORD, PEER));
    assertThat(same.errors()).extracting(FieldError::pointer).containsExactly("/new");
    assertThat(bundle.sessions.authenticate(ALICE, other.token())).isPresent();

    Begun begun = bundle.auth.changePassword(caller, PASSWORD, "a new password", PEER);

    assertThat(bundle.sessions.authenticate(ALICE, up.session().token())).isEmpty();
    assertThat(bundle.sessions.authenticate(ALICE, other.token())).isEmpty();
    assertThat(bundle.sessions.authenticate(ALICE, begun.token())).isPresent();
    assertThat(problem(() -> logIn(EMAIL, PASSWORD)).code()).isEqualTo("bad-credentials");
    assertThat(logIn(EMAIL, "a new password").account().id()).isEqualTo(up.account().id());
  }

  @Test
  public void shouldRenewTheHashAtALoginOnceTheCostHasRisen() {
    AccountId id = signUp().account().id();
    Credential before = bundle.credentials.find(ALICE, id).orElseThrow();
    assertThat(before.hash()).startsWith("$2b$12$");

    bundle.sites.set(ALICE, AuthKeys.BCRYPT_COST, "13");
    logIn(EMAIL, PASSWORD);
    Credential after = bundle.credentials.find(ALICE, id).orElseThrow();
    assertThat(after.hash()).startsWith("$2b$13$");

    bundle.sites.set(ALICE, AuthKeys.BCRYPT_COST, "12");
    logIn(EMAIL, PASSWORD);
    assertThat(bundle.credentials.find(ALICE, id)).contains(after);
  }

  @Test
  public void shouldCountTriesByNameAndNetworkAndGiveThemBackToTheOwner() {
    signUp();
    problem(() -> logIn(" ANN@example.org", "wrong password"));
    problem(() -> logIn("nobody", "wrong password"));
    assertThat(bundle.limits.succeeded()).isEmpty();
    SignedIn unused = logIn(EMAIL, PASSWORD);
    Taken owner = new Taken(ALICE, LimitedAct.LOGIN, EMAIL, PEER.limitKey());

    assertThat(bundle.limits.taken())
        .containsExactly(
            new Taken(ALICE, LimitedAct.SIGNUP, EMAIL, PEER.limitKey()),
            owner,
            new Taken(ALICE, LimitedAct.LOGIN, "", PEER.limitKey()),
            owner);
    assertThat(bundle.limits.succeeded()).containsExactly(owner);

    unused = logIn(EMAIL, PASSWORD); // whose network is known by now
    Taken known = bundle.limits.taken().get(4);
    assertThat(known.subject()).isEqualTo(EMAIL);
    assertThat(known.network()).isNotEqualTo(PEER.limitKey());
    assertThat(bundle.limits.succeeded()).containsExactly(owner, known);

    bundle.limits.exhaust(LimitedAct.LOGIN);
    assertThat(problem(() -> logIn(EMAIL, PASSWORD)).code()).isEqualTo("too-many-attempts");
  }

  @Test
  public void shouldNotAcceptACredentialThatWasReplacedWhileItWasVerified() {
    AccountId id = signUp().account().id();
    AccountId twin = bundle.signUp(BOB, EMAIL, PASSWORD, "").account().id();
    Credential verified = bundle.credentials.find(ALICE, id).orElseThrow();
    assertThat(bundle.credentials.lock(ALICE, id, verified)).isTrue();
    assertThat(bundle.credentials.lock(BOB, id, verified)).isFalse();

    bundle.credentials.replace(BOB, id, new Credential("s", "h"));
    assertThat(bundle.credentials.find(ALICE, id)).contains(verified);
    bundle.credentials.replace(ALICE, id, new Credential("s", "h"));

    assertThat(bundle.credentials.lock(ALICE, id, verified)).isFalse();
    bundle.credentials.remove(ALICE, id);
    assertThat(bundle.credentials.lock(ALICE, id, new Credential("s", "h"))).isFalse();
    assertThat(bundle.credentials.find(BOB, twin)).isPresent();
  }

  private SignedIn signUp() {
    return bundle.signUp(ALICE, EMAIL, PASSWORD, "Ann");
  }

  private SignedIn logIn(String email, String password) {
    return bundle.logIn(ALICE, email, password);
  }

  private static ProblemException problem(ThrowingCallable call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
