package org.tonekeep.appkeys.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;

import java.util.Optional;
import java.util.Set;
import javax.ws.rs.core.Response;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.appkeys.internal.TestAppKeys;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** What the resource answers, without a server. */
public final class AppKeysResourceTest {
  private static final Peer PLAIN = new Peer("192.0.2.7", "", "", "ZZ", false, false);

  private TestAppKeys bundle;
  private AppKeysResource resource;
  private Caller ann;

  @Before
  public void open() {
    bundle = new TestAppKeys(Engine.DERBY);
    resource = new AppKeysResource(bundle.keys);
    ann = bundle.account(ALICE, "annika");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldShowTheSecretOnce() {
    Response answer = resource.create(who(ann), new AppKeyJson("my script", "upload read", null));

    assertThat(answer.getStatus()).isEqualTo(201);
    assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
    AppKeysJson.Made made = (AppKeysJson.Made) answer.getEntity();
    assertThat(made.secret()).matches("tk_[0-9a-f]{32}_[A-Za-z0-9_-]{65}");
    assertThat(made.scope()).isEqualTo("read upload");
    assertThat(made.toString()).doesNotContain(made.secret());
    AppKeysJson list = resource.list(who(ann));
    assertThat(list.items()).hasSize(1);
    assertThat(list.items().get(0).name()).isEqualTo("my script");
    assertThat(list.toString()).doesNotContain(made.secret());

    assertThat(resource.end(who(ann), made.id()).getStatus()).isEqualTo(204);
    assertThat(problem(() -> resource.end(who(ann), made.id())).status()).isEqualTo(404);
  }

  @Test
  public void shouldAskForAProof() {
    Caller late =
        new Caller(ALICE, ann.account(), ann.roles(), "session", Set.of(Scope.SESSION), false);

    ProblemException problem =
        problem(() -> resource.create(who(late), new AppKeyJson("a", "read", null)));

    assertThat(problem.code()).isEqualTo("step-up-required");
    assertThat(problem(() -> resource.list(anonymous())).status()).isEqualTo(401);
    assertThat(problem(() -> resource.create(anonymous(), null)).status()).isEqualTo(401);
    assertThat(resource.list(who(late)).items()).isEmpty();
  }

  @Test
  public void shouldNotBeManagedByAKey() {
    Caller key =
        new Caller(
            ALICE, ann.account(), ann.roles(), "key", Set.of(Scope.READ, Scope.UPLOAD), true);

    assertThat(problem(() -> resource.list(who(key))).code()).isEqualTo("session-required");
    assertThat(problem(() -> resource.end(who(key), "x")).code()).isEqualTo("session-required");
    assertThat(problem(() -> resource.create(who(key), null)).code()).isEqualTo("session-required");
  }

  @Test
  public void shouldSendNoSecretOverPlainHttpAndNameWrongFields() {
    Who plain = new Who(ALICE, Optional.of(ann), "", "r", PLAIN);
    assertThat(problem(() -> resource.create(plain, new AppKeyJson("a", "read", null))).code())
        .isEqualTo("tls-required");
    for (String scope : new String[] {"", "all", "session", "READ", "read,upload"}) {
      assertThat(
              problem(() -> resource.create(who(ann), new AppKeyJson("a", scope, null)))
                  .errors()
                  .get(0)
                  .pointer())
          .isEqualTo("/scope");
    }
    assertThat(problem(() -> resource.create(who(ann), null)).status()).isEqualTo(422);
    assertThat(bundle.keys.list(ann)).isEmpty();
  }

  private static Who who(Caller caller) {
    return new Who(ALICE, Optional.of(caller), "", "r");
  }

  private static Who anonymous() {
    return new Who(ALICE, Optional.empty(), "", "r");
  }

  private static ProblemException problem(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call);
  }
}
