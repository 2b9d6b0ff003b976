package org.tonekeep.auth.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestSites.ALICE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import javax.ws.rs.core.Response;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.auth.internal.AuthKeys;
import org.tonekeep.auth.internal.TestAuth;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.rest.api.AccountJson;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** What the resources answer, without a server: statuses, bodies and cookies. */
public final class AuthResourceTest {
  private static final String EMAIL = "ann@example.org";
  private static final String PASSWORD = "correct horse battery";
  private static final Peer LOCAL = new Peer("127.0.0.1", "", "", "ZZ", false, true);
  private static final Peer TLS = new Peer("192.0.2.7", "", "", "ZZ", true, false);
  private static final Peer PLAIN = new Peer("192.0.2.7", "", "", "ZZ", false, false);

  private TestAuth bundle;
  private AuthResource resource;

  @Before
  public void open() {
    bundle = new TestAuth(Engine.DERBY);
    resource =
        new AuthResource(
            bundle.auth,
            bundle.signUps,
            bundle.confirmations,
            bundle.recovery,
            bundle.sessions,
            bundle.control);
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldAnswerASignUpWithTheAccountAndASafeCookie() {
    bundle.sites.set(ALICE, AuthKeys.COOKIE_NAME, "user_session");
    Response answer =
        resource.signUp(anonymous("", TLS), new SignUpJson(EMAIL, PASSWORD, null, null));

    assertThat(answer.getStatus()).isEqualTo(201);
    AccountJson body = (AccountJson) answer.getEntity();
    assertThat(body.email()).isEqualTo(EMAIL);
    assertThat(body.roles()).containsExactly("artist");
    assertThat(body.toString()).doesNotContain(EMAIL);
    assertThat(cookie(answer))
        .matches(
            "user_session=[A-Za-z0-9_-]{43}\\.[A-Za-z0-9_-]{43}; Path=/; Max-Age=2592000;"
                + " HttpOnly; SameSite=Lax; Secure");
    assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(bundle.sessions.authenticate(ALICE, token(answer))).isPresent();
  }

  @Test
  public void shouldBindTheCookieToThePathOfATenantWithoutItsOwnHost() {
    Response answer =
        resource.signUp(anonymous("/t/alice", LOCAL), new SignUpJson(EMAIL, PASSWORD, null, "Ann"));

    assertThat(cookie(answer)).contains("; Path=/t/alice;").doesNotContain("Secure");
  }

  @Test
  public void shouldRefuseSecretsOverPlainHttpFromElsewhere() {
    Caller caller = signedUp();
    Who who = who(caller);
    PasswordJson change = new PasswordJson();
    change.setCurrent(PASSWORD);
    change.setNew("a new password");

    for (ThrowingCallable call :
        new ThrowingCallable[] {
          () ->
              resource.signUp(
                  anonymous("", PLAIN), new SignUpJson("b@x.org", PASSWORD, null, null)),
          () -> resource.logIn(anonymous("", PLAIN), new LoginJson(EMAIL, PASSWORD, null)),
          () -> resource.changePassword(at(who, PLAIN), change)
        }) {
      ProblemException problem = problem(call);
      assertThat(problem.status()).isEqualTo(403);
      assertThat(problem.code()).isEqualTo("tls-required");
    }
    assertThat(bundle.accounts.list(ALICE, "", 10)).hasSize(1);
  }

  @Test
  public void shouldSignInAndOut() {
    signedUp();
    Response in = resource.logIn(anonymous("", LOCAL), new LoginJson(EMAIL, PASSWORD, null));
    assertThat(in.getStatus()).isEqualTo(200);
    assertThat(((AccountJson) in.getEntity()).displayName()).isEqualTo("Ann");
    Caller caller = bundle.sessions.authenticate(ALICE, token(in)).orElseThrow();

    Response out = resource.logOut(who(caller));

    assertThat(out.getStatus()).isEqualTo(204);
    assertThat(cookie(out)).startsWith("session=; Path=/; Max-Age=0;");
    assertThat(bundle.sessions.authenticate(ALICE, token(in))).isEmpty();
    assertThat(resource.logOut(anonymous("", LOCAL)).getStatus()).isEqualTo(204);
  }

  @Test
  public void shouldNameMissingFields() {
    assertThat(problem(() -> resource.logIn(anonymous("", LOCAL), null)).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/email", "/password");
    assertThat(problem(() -> resource.signUp(anonymous("", LOCAL), null)).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/email", "/password");
    Who who = who(signedUp());
    assertThat(problem(() -> resource.changePassword(who, new PasswordJson())).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/current", "/new");
  }

  @Test
  public void shouldRotateTheCookieWhenThePasswordChanges() throws Exception {
    Caller caller = signedUp();
    PasswordJson change =
        new ObjectMapper()
            .readValue(
                "{\"current\": \"" + PASSWORD + "\", \"new\": \"a new password\"}",
                PasswordJson.class);

    Response answer = resource.changePassword(who(caller), change);

    assertThat(answer.getStatus()).isEqualTo(204);
    Caller now = bundle.sessions.authenticate(ALICE, token(answer)).orElseThrow();
    assertThat(now.account()).isEqualTo(caller.account());
    assertThat(now.session()).isNotEqualTo(caller.session());
  }

  @Test
  public void shouldListAndEndOwnSessionsOnly() {
    Caller caller = signedUp();
    Begun second = bundle.begin(ALICE, caller.account());
    AccountId ben = bundle.accounts.create(ALICE, "ben@example.org", "").id();
    bundle.begin(ALICE, ben);
    String his = bundle.sessions.list(ALICE, ben).get(0).id();

    SessionsJson list = resource.sessions(who(caller));
    assertThat(list.items()).hasSize(2);
    assertThat(list.items())
        .filteredOn(SessionsJson.Item::current)
        .extracting(SessionsJson.Item::id)
        .containsExactly(caller.session());

    ProblemException theirs = problem(() -> resource.endSession(who(caller), his));
    ProblemException absent = problem(() -> resource.endSession(who(caller), "nothing"));
    assertThat(theirs).usingRecursiveComparison().ignoringFields("stackTrace").isEqualTo(absent);
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(bundle.sessions.list(ALICE, ben)).hasSize(1);

    assertThat(resource.endOtherSessions(who(caller)).getStatus()).isEqualTo(204);
    assertThat(bundle.sessions.authenticate(ALICE, second.token())).isEmpty();
    assertThat(resource.endSession(who(caller), caller.session()).getStatus()).isEqualTo(204);
    assertThat(bundle.sessions.list(ALICE, caller.account())).isEmpty();
  }

  @Test
  public void shouldAskAnonymousCallersToSignIn() {
    Who nobody = anonymous("");
    for (ThrowingCallable call :
        new ThrowingCallable[] {
          () -> resource.sessions(nobody),
          () -> resource.endSession(nobody, "x"),
          () -> resource.endOtherSessions(nobody),
          () -> resource.changePassword(nobody, new PasswordJson())
        }) {
      assertThat(problem(call).status()).isEqualTo(401);
    }
  }

  private Caller signedUp() {
    Response answer =
        resource.signUp(anonymous("", LOCAL), new SignUpJson(EMAIL, PASSWORD, null, "Ann"));
    return bundle.sessions.authenticate(ALICE, token(answer)).orElseThrow();
  }

  private static Who anonymous(String root) {
    return new Who(ALICE, Optional.empty(), root, "request");
  }

  private static Who anonymous(String root, Peer peer) {
    return new Who(ALICE, Optional.empty(), root, "request", peer);
  }

  private static Who at(Who who, Peer peer) {
    return new Who(who.tenant(), who.caller(), who.root(), who.requestId(), peer);
  }

  private static Who who(Caller caller) {
    TenantId tenant = caller.tenant();
    return new Who(tenant, Optional.of(caller), "", "request");
  }

  private static String cookie(Response answer) {
    return answer.getHeaderString("Set-Cookie");
  }

  private static String token(Response answer) {
    String cookie = cookie(answer);
    return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
  }

  private static ProblemException problem(ThrowingCallable call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
