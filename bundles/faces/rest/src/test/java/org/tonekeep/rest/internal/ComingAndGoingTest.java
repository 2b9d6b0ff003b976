package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.tonekeep.rest.api.HttpDoor;

public class ComingAndGoingTest {
  @Rule public final Face face = new Face();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @After
  public void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  public void shouldNotDisturbOthersUnderLoad() throws Exception {
    face.on.add("leaving");
    face.remembered.put("/api/leaving", "leaving");
    face.publish("/api/staying", "", false, new EchoResource());
    AtomicBoolean over = new AtomicBoolean();
    Set<Integer> leavingStatuses = ConcurrentHashMap.newKeySet();
    Callable<Integer> onTheOther =
        () -> {
          int count = 0;
          while (!over.get()) {
            HttpResponse<String> answer = face.get(Face.ALICE, "/api/staying");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            count++;
          }
          return count;
        };
    Callable<Integer> onTheLeaving =
        () -> {
          int count = 0;
          while (!over.get()) {
            HttpResponse<String> answer = face.get(Face.ALICE, "/api/leaving");
            leavingStatuses.add(answer.statusCode());
            assertThat(answer.body())
                .contains(answer.statusCode() == 200 ? "\"tenant\"" : "feature-off");
            count++;
          }
          return count;
        };
    List<Future<Integer>> others = List.of(threads.submit(onTheOther), threads.submit(onTheOther));
    Future<Integer> onIt = threads.submit(onTheLeaving);
    for (int i = 0; i < 25; i++) {
      EchoResource leaving = face.publish("/api/leaving", "leaving", false, new EchoResource());
      assertThat(face.get(Face.ALICE, "/api/leaving").statusCode()).isEqualTo(200);
      face.unpublish(leaving);
      face.on.remove("leaving");
      assertThat(face.get(Face.ALICE, "/api/leaving").body()).contains("feature-off");
      face.on.add("leaving");
    }
    over.set(true);
    for (Future<Integer> each : others) {
      assertThat(each.get(20, TimeUnit.SECONDS)).isGreaterThan(25);
    }
    assertThat(onIt.get(20, TimeUnit.SECONDS)).isPositive();
    assertThat(leavingStatuses).isSubsetOf(200, 404);
  }

  @Test
  public void shouldLetRequestsOfALeavingResourceEnd() throws Exception {
    EchoResource leaving = face.publish("/api/leaving", "", false, new EchoResource());
    Future<HttpResponse<String>> held =
        threads.submit(() -> face.get(Face.ALICE, "/api/leaving/held"));
    assertThat(leaving.held.await(20, TimeUnit.SECONDS)).isTrue();
    Future<?> unpublishing = threads.submit(() -> face.unpublish(leaving));
    await().until(() -> face.get(Face.ALICE, "/api/leaving").statusCode() == 503);
    assertThat(unpublishing.isDone()).isFalse();
    leaving.release.countDown();
    assertThat(held.get(20, TimeUnit.SECONDS).body()).contains("released");
    unpublishing.get(20, TimeUnit.SECONDS);
  }

  @Test
  public void shouldLetSuspendedRequestsOfALeavingResourceEnd() throws Exception {
    EchoResource leaving = face.publish("/api/leaving", "", false, new EchoResource());
    CompletableFuture<HttpResponse<String>> answer =
        face.client()
            .sendAsync(
                face.to(Face.ALICE, "/api/leaving/suspended").build(), BodyHandlers.ofString());
    await().until(() -> !leaving.suspended.isEmpty());
    Future<?> unpublishing = threads.submit(() -> face.unpublish(leaving));
    await().until(() -> face.get(Face.ALICE, "/api/leaving").statusCode() == 503);
    assertThat(unpublishing.isDone()).isFalse();
    leaving.suspended.remove().resume(List.of("late"));
    assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("[\"late\"]");
    unpublishing.get(20, TimeUnit.SECONDS);
    await().untilAsserted(() -> assertThat(face.metrics.render()).contains("in_flight 0\n"));
  }

  @Test
  public void shouldAnswerAProblemWhenASuspendedRequestFailsLater() throws Exception {
    EchoResource echo = face.publish("/api/echo", "", false, new EchoResource());
    CompletableFuture<HttpResponse<String>> answer =
        face.client()
            .sendAsync(face.to(Face.ALICE, "/api/echo/suspended").build(), BodyHandlers.ofString());
    await().until(() -> !echo.suspended.isEmpty());
    echo.suspended.remove().resume(org.tonekeep.rest.api.ProblemException.notFound());
    assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
    assertThat(answer.get().body())
        .contains("urn:tonekeep:problem:not-found")
        .containsPattern("urn:tonekeep:request:[0-9a-f]{16}");
  }

  @Test
  public void shouldEndEventStreamsOfALeavingResourceAtOnce() throws Exception {
    EchoResource leaving = face.publish("/api/leaving", "", false, new EchoResource());
    var answer =
        face.client()
            .send(face.to(Face.ALICE, "/api/leaving/events").build(), BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).isEqualTo("event: hello");
    assertThat(face.metrics.render()).contains("in_flight 1\n");
    long start = System.nanoTime();
    face.unpublish(leaving);
    assertThat(System.nanoTime() - start).isLessThan(InFlight.PATIENCE.minusSeconds(2).toNanos());
    List<String> rest = new ArrayList<>();
    lines.lines().forEach(rest::add);
    assertThat(rest).contains("data: 1");
    await().untilAsserted(() -> assertThat(face.metrics.render()).contains("in_flight 0\n"));
  }

  @Test
  public void shouldCountAnEventStreamWhosePeerWentAway() throws Exception {
    EchoResource echo = face.publish("/api/echo", "", false, new EchoResource());
    var answer =
        face.client()
            .send(face.to(Face.ALICE, "/api/echo/events").build(), BodyHandlers.ofInputStream());
    await().until(() -> !echo.sinks.isEmpty());
    answer.body().close();
    echo.sinks.remove().close();
    await().untilAsserted(() -> assertThat(face.metrics.render()).contains("in_flight 0\n"));
  }

  @Test
  public void shouldLetASecondResourceOfTheSameBaseWait() {
    EchoResource first = face.publish("/api/same", "", false, new EchoResource());
    EchoResource second = face.publish("/api/same", "", false, new EchoResource());
    second.thrown = new IllegalStateException("the second");
    first.thrown = org.tonekeep.rest.api.ProblemException.of(418, "first", "First", "First");
    assertThat(face.get(Face.ALICE, "/api/same/throw").statusCode()).isEqualTo(418);
    face.unpublish(first);
    assertThat(face.get(Face.ALICE, "/api/same/throw").statusCode()).isEqualTo(500);
    face.unpublish(second);
    assertThat(face.get(Face.ALICE, "/api/same/throw").statusCode()).isEqualTo(503);
  }

  @Test
  public void shouldSayThatACoreResourceWillBeBack() {
    EchoResource core = face.publish("/api/core", "", false, new EchoResource());
    face.unpublish(core);
    HttpResponse<String> answer = face.get(Face.ALICE, "/api/core/x");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    face.publish("/api/core", "", false, new EchoResource());
    assertThat(face.get(Face.ALICE, "/api/core").statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldLetRequestsOfAClosingDoorEnd() throws Exception {
    EchoResource latches = new EchoResource();
    HttpDoor door =
        (who, path, request, response) -> {
          try {
            response.getWriter().print(latches.hold().text());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    face.on.add("door");
    face.open("/door", "door", false, door);
    Future<HttpResponse<String>> held = threads.submit(() -> face.get(Face.ALICE, "/door"));
    assertThat(latches.held.await(20, TimeUnit.SECONDS)).isTrue();
    Future<?> closing = threads.submit(() -> face.close(door));
    await().until(() -> face.get(Face.ALICE, "/door").statusCode() == 404);
    assertThat(closing.isDone()).isFalse();
    latches.release.countDown();
    assertThat(held.get(20, TimeUnit.SECONDS).body()).isEqualTo("released");
    closing.get(20, TimeUnit.SECONDS);
  }

  @Test
  public void shouldLetNobodyInOnceTheFrontStops() throws Exception {
    EchoResource echo = face.publish("/api/echo", "", false, new EchoResource());
    Future<HttpResponse<String>> held =
        threads.submit(() -> face.get(Face.ALICE, "/api/echo/held"));
    assertThat(echo.held.await(20, TimeUnit.SECONDS)).isTrue();
    Future<?> draining = threads.submit(face.front::drain);
    await().until(() -> face.get(Face.ALICE, "/api/echo").statusCode() == 503);
    HttpResponse<String> late = face.get(Face.ALICE, "/api/echo");
    assertThat(late.headers().firstValue("Retry-After")).isPresent();
    assertThat(late.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    echo.release.countDown();
    assertThat(held.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    draining.get(20, TimeUnit.SECONDS);
  }
}
