package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.auth.internal.SignUps.Wish;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestMails.Queued;

/** Whose password an account has whose address somebody confirms, on each engine. */
@RunWith(Parameterized.class)
public final class ConfirmedPasswordTest {
  private static final String EMAIL = "ann@example.org";
  private static final String PASSWORD = "correct horse battery";

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAuth bundle;

  public ConfirmedPasswordTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestAuth(engine);
    bundle.sites.set(ALICE, AuthKeys.CONFIRM, "required");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldAnswerWhoeverHasNotConfirmedExactlyAsAWrongPassword() {
    signUp(EMAIL, PASSWORD);

    ProblemException unconfirmed = problem(() -> logIn(PASSWORD));
    ProblemException wrong = problem(() -> logIn("wrong password"));
    ProblemException unknown =
        problem(() -> bundle.logIn(ALICE, "nobody@example.org", "wrong password"));

    assertThat(unconfirmed)
        .usingRecursiveComparison()
        .ignoringFields("stackTrace")
        .isEqualTo(wrong);
    assertThat(unknown).usingRecursiveComparison().ignoringFields("stackTrace").isEqualTo(wrong);
    assertThat(wrong).hasMessageContaining("open the link in our mail first");
    assertThat(bundle.limits.succeeded()).isEmpty();
    assertThat(bundle.audit.kept())
        .filteredOn(k -> k.entry().action().equals("session.begin"))
        .extracting(k -> k.entry().facts())
        .containsOnly(Map.of("why", "password"));
    assertThat(problem(() -> bundle.logIn(BOB, EMAIL, PASSWORD)).getMessage())
        .doesNotContain("mail first");
  }

  @Test
  public void shouldKeepThePasswordThatWasChosenTwice() {
    signUp(EMAIL, PASSWORD);
    signUp(" ANN@example.org", PASSWORD);
    assertThat(bundle.mails.queued()).hasSize(1); // one is enough for five minutes

    confirm(token(), "");

    assertThat(logIn(PASSWORD).account().id()).isEqualTo(account().id());
  }

  @Test
  public void shouldLetTheOwnerOfTheMailChooseWhereTwoSignUpsHaveTwoPasswords() {
    for (String password : List.of(PASSWORD, "of some stranger", PASSWORD)) {
      signUp(EMAIL, password);
    }
    String link = token();

    ProblemException needed = problem(() -> confirm(link, ""));
    assertThat(needed.status()).isEqualTo(422);
    assertThat(needed.errors().get(0).pointer()).isEqualTo("/password");
    assertThat(needed.errors().get(0).detail()).contains("choose");
    assertThat(account().state()).isEqualTo(AccountState.PENDING);
    assertThat(pointer(() -> confirm(link, "password"))).isEqualTo("/password");
    confirm(link, "quite another one");

    assertThat(logIn("quite another one").account().id()).isEqualTo(account().id());
    for (String old : List.of(PASSWORD, "of some stranger")) {
      assertThat(problem(() -> logIn(old)).code()).isEqualTo("bad-credentials");
    }
  }

  @Test
  public void shouldLeaveAStrangerOutsideWhoSignedUpWithTheAddress() {
    signUp(EMAIL, PASSWORD);

    confirm(token(), "the owners own words");

    assertThat(problem(() -> logIn(PASSWORD)).code()).isEqualTo("bad-credentials");
    assertThat(logIn("the owners own words").account().id()).isEqualTo(account().id());
    assertThat(problem(() -> confirm("invented", "the owners own words")).code())
        .isEqualTo("bad-token");
  }

  private void signUp(String email, String password) {
    Optional<?> pending =
        bundle.signUps.signUp(ALICE, Optional.empty(), new Wish(email, password, "", "Ann"), PEER);
    assertThat(pending).isEmpty();
    bundle.jobs.work(bundle.job);
  }

  private AuthService.SignedIn logIn(String password) {
    return bundle.logIn(ALICE, EMAIL, password);
  }

  private void confirm(String token, String password) {
    bundle.confirmations.confirm(ALICE, token, password, PEER);
  }

  private Account account() {
    return bundle.accounts.findByEmail(ALICE, EMAIL).orElseThrow();
  }

  private String token() {
    Queued queued = bundle.mails.queued().get(0);
    String link = String.valueOf(queued.letter().values().get("link"));
    return link.substring(link.indexOf("#token=") + 7);
  }

  private static String pointer(ThrowingCallable call) {
    return problem(call).errors().get(0).pointer();
  }

  private static ProblemException problem(ThrowingCallable call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
