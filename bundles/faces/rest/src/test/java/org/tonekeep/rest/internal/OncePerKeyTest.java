package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public class OncePerKeyTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final AccountId FIRST = new AccountId("00000000-0000-7000-8000-000000000001");
  private static final String THINGS = "/api/things";

  @Rule public final Face face = new Face();
  private final Engine engine;
  private final MakingResource things = new MakingResource();
  private TestDatabase db;
  private KeyStore keys;

  public OncePerKeyTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "rest");
    keys = new KeyStore(db.dataSource());
    face.once.keys = keys;
    face.publish(THINGS, "", true, things);
  }

  @After
  public void close() {
    things.release.countDown();
    db.close();
  }

  private HttpRequest.Builder post(String host, String sid, String path, String key) {
    return post(host, sid, path, key, BodyPublishers.ofString("audio"));
  }

  private HttpRequest.Builder post(
      String host, String sid, String path, String key, BodyPublisher body) {
    HttpRequest.Builder request = face.to(host, path).setHeader("Idempotency-Key", key).POST(body);
    return sid.isEmpty() ? request : request.setHeader("Cookie", "sid=" + sid);
  }

  private HttpResponse<String> alice(String path, String key) {
    return face.send(post(Face.ALICE, "alice", path, key));
  }

  private static void isReplay(HttpResponse<String> again, HttpResponse<String> first) {
    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    assertThat(again.headers().firstValue("Location"))
        .isPresent()
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(again.body()).isEqualTo("{}");
  }

  private static void isProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("urn:tonekeep:problem:" + code + "\"");
  }

  @Test
  public void shouldMakeOneThingOfOneKey() {
    HttpResponse<String> first = alice(THINGS, "k");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.body()).isEqualTo("{\"number\":1}");
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    for (int i = 0; i < 20; i++) {
      isReplay(alice(THINGS, "k"), first);
    }
    assertThat(things.made).hasValue(1);
    assertThat(alice(THINGS, "k2").body()).isEqualTo("{\"number\":2}");
    assertThat(face.get(Face.ALICE, THINGS).body()).isEqualTo("{\"number\":2}");
  }

  @Test
  public void shouldAlwaysKnowWhatSomebodyHasSeenTheAnswerOf() {
    for (int i = 0; i < 30; i++) {
      HttpResponse<String> first = alice(THINGS, "k" + i);
      isReplay(alice(THINGS, "k" + i), first);
    }
    assertThat(things.made).hasValue(30);
  }

  @Test
  public void shouldMakeEveryThingWithoutAKey() {
    for (int i = 0; i < 2; i++) {
      face.send(
          face.to(Face.ALICE, THINGS)
              .setHeader("Cookie", "sid=alice")
              .POST(BodyPublishers.noBody()));
    }
    assertThat(things.made).hasValue(2);
  }

  @Test
  public void shouldKeepTheKeysOfTenantsAndAccountsApart() {
    assertThat(alice(THINGS, "k").body()).isEqualTo("{\"number\":1}");
    assertThat(face.send(post(Face.ALICE, "alice-2", THINGS, "k")).body())
        .isEqualTo("{\"number\":2}");
    assertThat(face.send(post(Face.BOB, "bob", THINGS, "k")).body()).isEqualTo("{\"number\":3}");
    isReplay(alice(THINGS, "k"), alice(THINGS, "k"));
    assertThat(things.made).hasValue(3);
  }

  @Test
  public void shouldRefuseAKeyOfAnotherRequest() {
    HttpResponse<String> first = alice(THINGS, "k");
    isProblem(alice(THINGS + "/other", "k"), 422, "idempotency-key-reused");
    isProblem(alice(THINGS + "?title=x", "k"), 422, "idempotency-key-reused");
    isReplay(alice(THINGS, "k"), first);
    assertThat(things.made).hasValue(1);
  }

  @Test
  public void shouldRefuseMalformedKeysOfThoseWhoAreSignedIn() {
    for (String key : List.of("two words", "", "x".repeat(129), "tab\tbed")) {
      isProblem(alice(THINGS, key), 400, "bad-idempotency-key");
    }
    isProblem(
        face.send(post(Face.ALICE, "alice", THINGS, "a").header("Idempotency-Key", "b")),
        400,
        "bad-idempotency-key");
    assertThat(things.made).hasValue(0);
    assertThat(alice(THINGS, "!" + "x".repeat(126) + "~").statusCode()).isEqualTo(201);
  }

  @Test
  public void shouldDoOnceWhatAStrangerAsksForAndShowNothingOfIt() {
    assertThat(face.send(post(Face.ALICE, "", THINGS, "k")).statusCode()).isEqualTo(201);
    isProblem(face.send(post(Face.ALICE, "", THINGS, "k")), 409, "already-done");
    isProblem(
        face.send(post(Face.ALICE, "", THINGS + "/other", "k")), 422, "idempotency-key-reused");
    isProblem(face.send(post(Face.ALICE, "", THINGS, "bad key")), 400, "bad-idempotency-key");
    assertThat(face.send(post(Face.BOB, "", THINGS, "k")).statusCode()).isEqualTo(201);
    assertThat(face.send(strangerFrom("198.51.100.7")).statusCode()).isEqualTo(201);
    assertThat(alice(THINGS, "k").statusCode()).isEqualTo(201);
    assertThat(things.made).hasValue(4);

    face.clock.advance(Duration.ofHours(24));
    assertThat(face.send(post(Face.ALICE, "", THINGS, "k")).statusCode()).isEqualTo(201);
  }

  private HttpRequest.Builder strangerFrom(String address) {
    return post(Face.ALICE, "", THINGS, "k")
        .setHeader("X-Forwarded-For", address)
        .setHeader("X-Forwarded-Proto", "https");
  }

  @Test
  public void shouldFreeAStrangersKeyWhenNothingWasDone() {
    for (int i = 0; i < 2; i++) {
      isProblem(face.send(post(Face.ALICE, "", THINGS + "/absent", "k")), 404, "not-found");
    }
  }

  @Test
  public void shouldMakeOneThingHoweverManyAskAtTheSameTime() {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      HttpRequest request = post(Face.ALICE, "alice", THINGS, "k").build();
      all.add(face.client().sendAsync(request, BodyHandlers.ofString()));
    }
    List<HttpResponse<String>> answers = all.stream().map(CompletableFuture::join).toList();
    assertThat(things.made).hasValue(1);
    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(201, 409).contains(201);
    assertThat(answers).filteredOn(a -> a.body().equals("{\"number\":1}")).hasSize(1);
  }

  @Test
  public void shouldSayThatItIsBeingDone() throws Exception {
    HttpRequest request = post(Face.ALICE, "alice", THINGS + "/slowly", "k").build();
    CompletableFuture<HttpResponse<String>> first =
        face.client().sendAsync(request, BodyHandlers.ofString());
    assertThat(things.held.await(20, TimeUnit.SECONDS)).isTrue();
    HttpResponse<String> second = alice(THINGS + "/slowly", "k");
    isProblem(second, 409, "in-progress");
    assertThat(second.headers().firstValue("Retry-After")).hasValue("2");

    face.clock.advance(Duration.ofMinutes(9));
    face.once.renew(keys);
    face.clock.advance(Duration.ofMinutes(9));
    isProblem(alice(THINGS + "/slowly", "k"), 409, "in-progress");

    things.release.countDown();
    isReplay(alice(THINGS + "/slowly", "k", first), first.join());
    assertThat(things.made).hasValue(1);
  }

  /** The same once the first answer is there. */
  private HttpResponse<String> alice(
      String path, String key, CompletableFuture<HttpResponse<String>> first) {
    first.join();
    return alice(path, key);
  }

  @Test
  public void shouldLetAFailureBeTriedAgain() {
    things.broken.set(true);
    isProblem(alice(THINGS, "k"), 507, "storage-full");
    isProblem(alice(THINGS, "k"), 507, "storage-full");
    things.broken.set(false);
    HttpResponse<String> done = alice(THINGS, "k");
    assertThat(done.body()).isEqualTo("{\"number\":1}");
    isReplay(alice(THINGS, "k"), done);
  }

  @Test
  public void shouldForgetAKeyWhoseAnswerCouldNotBeWritten() {
    for (int i = 0; i < 2; i++) {
      assertThat(alice(THINGS + "/half", "k").statusCode()).isEqualTo(500);
    }
    assertThat(keys.find(ALICE, FIRST, "k")).isEmpty();
  }

  @Test
  public void shouldKeepNoKeyOfWhatIsNotThere() {
    isProblem(alice("/api/nothing", "k"), 404, "not-found");
    isProblem(alice(THINGS + "/nothing", "k"), 404, "not-found");
    assertThat(alice(THINGS, "k").statusCode()).isEqualTo(201);
  }

  @Test
  public void shouldSayOnlyThatItWasDoneWhenThereIsNothingToShow() {
    assertThat(alice(THINGS + "/quietly", "k").statusCode()).isEqualTo(204);
    isProblem(alice(THINGS + "/quietly", "k"), 409, "already-done");
    assertThat(things.made).hasValue(1);
  }

  @Test
  public void shouldRememberWhatEndsOnAnotherThread() {
    HttpRequest request = post(Face.ALICE, "alice", THINGS + "/later", "k").build();
    CompletableFuture<HttpResponse<String>> first =
        face.client().sendAsync(request, BodyHandlers.ofString());
    await().until(() -> !things.suspended.isEmpty());
    isProblem(alice(THINGS + "/later", "k"), 409, "in-progress");
    things.answer(things.suspended.remove());
    assertThat(first.join().statusCode()).isEqualTo(202);
    isReplay(alice(THINGS + "/later", "k"), first.join());
    assertThat(things.made).hasValue(1);
  }

  @Test
  public void shouldTakeAKeyOverFromACrashedProcess() {
    assertThat(keys.insert(ALICE, FIRST, crashed())).isTrue();
    isProblem(alice(THINGS, "k"), 422, "idempotency-key-reused");
    face.clock.advance(OncePerKey.LEASE.plusSeconds(1));
    assertThat(alice(THINGS, "k").body()).isEqualTo("{\"number\":1}");
    assertThat(keys.finish(ALICE, FIRST, "k", "dead", 201, "/wrong")).isFalse();
    isReplay(alice(THINGS, "k"), alice(THINGS, "k"));
  }

  private KeyRow crashed() {
    return new KeyRow(
        "k",
        "somewhere",
        "dead",
        face.clock.instant().plus(OncePerKey.LEASE),
        KeyRow.PENDING,
        null,
        face.clock.instant());
  }

  @Test
  public void shouldForgetAfterADay() {
    alice(THINGS, "k");
    face.clock.advance(Duration.ofHours(24));
    isReplay(alice(THINGS, "k"), alice(THINGS, "k"));
    face.clock.advance(Duration.ofSeconds(1));
    assertThat(alice(THINGS, "k").body()).isEqualTo("{\"number\":2}");
  }

  @Test
  public void shouldRefuseKeysWithoutADatabaseAndServeTheRest() {
    face.once.keys = null;
    HttpResponse<String> answer = alice(THINGS, "k");
    isProblem(answer, 503, "not-now");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(things.made).hasValue(0);
    assertThat(face.get(Face.ALICE, THINGS).statusCode()).isEqualTo(200);
    assertThat(face.send(post(Face.ALICE, "", THINGS, "k")).statusCode()).isEqualTo(201);
  }

  @Test
  public void shouldRefuseKeysWhenTheDatabaseFails() {
    TestDatabase empty = TestDatabase.open(Engine.DERBY);
    face.once.keys = new KeyStore(empty.dataSource());
    isProblem(alice(THINGS, "k"), 503, "not-now");
    empty.close();
    assertThat(things.made).hasValue(0);
  }

  @Test
  public void shouldReplayToWhoSendsALongBodyAgain() {
    byte[] audio = new byte[12 << 20];
    HttpResponse<String> first =
        face.send(post(Face.ALICE, "alice", THINGS, "k", BodyPublishers.ofByteArray(audio)));
    isReplay(
        face.send(post(Face.ALICE, "alice", THINGS, "k", BodyPublishers.ofByteArray(audio))),
        first);
    assertThat(things.made).hasValue(1);
  }
}
