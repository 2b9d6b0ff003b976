package org.tonekeep.breakglass.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.breakglass.internal.TestBreakglass.REASON;
import static org.tonekeep.breakglass.internal.TestBreakglass.who;
import static org.tonekeep.testing.kit.TestTenants.ALICE;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.ws.rs.core.Response;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.breakglass.internal.TestBreakglass;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** What the resource lets through. */
public final class BreakglassResourceTest {
  private TestBreakglass bundle;
  private BreakglassResource resource;
  private AccountId ann;
  private Caller sue;
  private Caller tom;
  private TrackId track;

  @Before
  public void open() {
    bundle = new TestBreakglass(Engine.DERBY);
    resource = new BreakglassResource(bundle.breakglass, bundle.urls);
    ann = bundle.musician(ALICE, "ann");
    sue = bundle.staff(ALICE, "sue");
    tom = bundle.staff(ALICE, "tom");
    track = bundle.shelf.add(ALICE, ann);
  }

  @After
  public void close() {
    bundle.close();
  }

  private WishJson wish() {
    return new WishJson(track.value(), null, "T-1", REASON, 15);
  }

  private static void refuses(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.status()).isEqualTo(status);
            });
  }

  private GrantJson asked() {
    try (Response answer = resource.ask(who(sue), wish())) {
      assertThat(answer.getStatus()).isEqualTo(201);
      GrantJson grant = (GrantJson) answer.getEntity();
      assertThat(answer.getHeaderString("Location")).isEqualTo("/api/breakglass/" + grant.id());
      return grant;
    }
  }

  @Test
  public void shouldGoFromAWishToAnAddressAndToTheEnd() {
    GrantJson asked = asked();
    assertThat(asked.state()).isEqualTo("asked");
    assertThat(asked.minutes()).isEqualTo(15);
    assertThat(resource.list(who(tom), null).items()).containsExactly(asked);
    assertThat(resource.get(who(tom), asked.id())).isEqualTo(asked);
    assertThat(resource.approve(who(tom), asked.id()).state()).isEqualTo("active");
    try (Response answer = resource.url(who(sue), asked.id(), null)) {
      assertThat(((GrantedUrlJson) answer.getEntity()).url()).startsWith("/b/");
      assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
    }
    try (Response answer = resource.revoke(who(tom), asked.id())) {
      assertThat(answer.getStatus()).isEqualTo(204);
    }
    assertThat(resource.get(who(sue), asked.id()).state()).isEqualTo("revoked");
    refuses(403, "grant-not-good", () -> resource.url(who(sue), asked.id(), null));
  }

  @Test
  public void shouldBeForTheStaffWithASessionOnly() {
    String id = asked().id();
    Caller musician = TestBreakglass.caller(ALICE, ann, true, Role.ARTIST, Role.OPERATOR);
    Caller key = new Caller(ALICE, sue.account(), sue.roles(), "k", Set.of(Scope.READ), true);
    Who nobody = new Who(ALICE, Optional.empty(), "", "r1");
    for (String each : new String[] {id, UUID.randomUUID().toString(), "x"}) {
      refusesAll(401, "sign-in-required", nobody, each);
      refusesAll(403, "role-required", who(musician), each);
      refusesAll(403, "session-required", who(key), each);
    }
  }

  private void refusesAll(int status, String code, Who who, String id) {
    refuses(status, code, () -> resource.list(who, null));
    refuses(status, code, () -> resource.ask(who, wish()));
    refuses(status, code, () -> resource.ask(who, null));
    refuses(status, code, () -> resource.get(who, id));
    refuses(status, code, () -> resource.approve(who, id));
    refuses(status, code, () -> resource.url(who, id, null));
    refuses(status, code, () -> resource.revoke(who, id));
  }

  @Test
  public void shouldAskForAProofBeforeAskingApprovingAndListening() {
    String id = asked().id();
    Who stale = who(TestBreakglass.caller(ALICE, tom.account(), false, Role.STAFF));
    refuses(403, "step-up-required", () -> resource.ask(stale, wish()));
    refuses(403, "step-up-required", () -> resource.approve(stale, id));
    refuses(403, "step-up-required", () -> resource.url(stale, id, null));
    try (Response answer = resource.revoke(stale, id)) {
      assertThat(answer.getStatus()).isEqualTo(204); // ending is always right
    }
  }

  @Test
  public void shouldNameTheFieldThatIsWrong() {
    String absent = UUID.randomUUID().toString();
    invalid("/ticket", new WishJson(track.value(), null, "T 1", REASON, 15));
    invalid("/ticket", new WishJson(track.value(), null, null, REASON, 15));
    invalid("/reason", new WishJson(track.value(), null, "T-1", "why", 15));
    invalid("/minutes", new WishJson(track.value(), null, "T-1", REASON, 0));
    invalid("/minutes", new WishJson(track.value(), null, "T-1", REASON, 61));
    invalid("/minutes", new WishJson(track.value(), null, "T-1", REASON, Integer.MAX_VALUE));
    invalid("/track", new WishJson(null, null, "T-1", REASON, 15));
    invalid("/track", new WishJson(track.value(), ann.value(), "T-1", REASON, 15));
    refuses(
        404,
        "not-found",
        () -> resource.ask(who(sue), new WishJson(absent, null, "T-1", REASON, 15)));
    refuses(
        404,
        "not-found",
        () -> resource.ask(who(sue), new WishJson(null, absent, "T-1", REASON, 15)));
    refuses(
        404,
        "not-found",
        () -> resource.ask(who(sue), new WishJson("../x", null, "T-1", REASON, null)));
    refuses(422, "invalid", () -> resource.list(who(sue), "x"));
  }

  private void invalid(String pointer, WishJson wish) {
    assertThatThrownBy(() -> resource.ask(who(sue), wish))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.errors().get(0).pointer()).isEqualTo(pointer));
  }

  @Test
  public void shouldPageTheList() {
    for (int i = 0; i < 51; i++) {
      bundle.clock.advance(java.time.Duration.ofMillis(1));
      GrantJson unused = asked();
    }
    GrantsJson page = resource.list(who(sue), null);
    assertThat(page.items()).hasSize(50);
    GrantsJson rest = resource.list(who(sue), page.next());
    assertThat(rest.items()).hasSize(1);
    assertThat(rest.next()).isNull();
  }
}
