package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.tonekeep.itests.Visitor.assertProblem;
import static org.tonekeep.itests.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/**
 * What each kind of absence means (house laws 3 and 4): a named adapter, the keeper of a promise, a
 * decoder, the concern that knows sessions, the database. Nothing takes another's place, and all
 * comes back by itself.
 */
public class AbsenceCases extends InContainer {
  @Test
  public void shouldAnswerAdapterMissingWhileTheStoreThatTheSiteNamesIsAway() throws Exception {
    Sites sites = new Sites(context);
    String onMemory = sites.fromDemo();
    sites.edit(onMemory, "storage.adapter = fs", "storage.adapter = memory");
    Visitor files = Visitor.signedUpAt("demo");
    Visitor memory = Visitor.signedUpAt(onMemory);
    String track = files.uploaded(1);
    files.awaitReady(track, "the track before");
    String bytes = files.addressOf(track);

    without(
        "org.tonekeep.storage.fs",
        () -> {
          assertAdapterMissing("storage.adapter=fs", files.upload(1));
          assertAdapterMissing("storage.adapter=fs", Visitor.anywhere().get(bytes));
          assertEquals(200, files.get("/api/tracks/" + track).statusCode());
          memory.awaitReady(memory.uploaded(1), "the track in memory");
        });
    assertEquals(200, Visitor.anywhere().get(bytes).statusCode());
    files.awaitReady(files.uploaded(1), "a track after the store came back");

    without(
        "org.tonekeep.storage.memory",
        () -> {
          assertAdapterMissing("storage.adapter=memory", memory.upload(1));
          files.awaitReady(files.uploaded(1), "the track in a file");
        });
    memory.awaitReady(memory.uploaded(1), "a track after the memory came back");
    sites.files().remove(Sites.id(onMemory));
  }

  @Test
  public void shouldWaitWithoutCountingAttemptsWhileTheStoreIsAway() throws Exception {
    Visitor visitor = Visitor.signedUpAt("demo");
    List<String> tracks = new ArrayList<>();

    without(
        "org.tonekeep.decoder.ffmpeg",
        () -> {
          tracks.add(visitor.uploaded(1));
          without(
              "org.tonekeep.storage.fs",
              () -> {
                bundles().start("org.tonekeep.decoder.ffmpeg");
                Patience.until(
                    "the job has missed the store",
                    () -> jobOf(visitor, tracks.get(0)).path("failure").asText().contains("fs"));
                assertEquals(0, jobOf(visitor, tracks.get(0)).path("attempt").asInt());
              });
        });

    visitor.awaitReady(tracks.get(0), "the track that waited for the store");
    assertEquals(1, jobOf(visitor, tracks.get(0)).path("attempt").asInt());
  }

  @Test
  public void shouldTakeNothingInWhileTheKeeperOfAPromiseIsAway() throws Exception {
    Sites sites = new Sites(context);
    String careless = sites.fromDemo();
    sites.files().disable(Sites.id(careless), "retention");
    Visitor visitor = Visitor.signedUpAt("demo");
    Visitor promisedNothing = Visitor.signedUpAt(careless);
    String track = visitor.uploaded(1);
    visitor.awaitReady(track, "the track before");

    without(
        "org.tonekeep.retention",
        () -> {
          JsonNode problem = assertProblem(503, "promise-unkept", visitor.upload(1));
          assertEquals("deleted-is-purged", problem.path("promise").asText());
          assertEquals("retention", problem.path("feature").asText());
          HttpResponse<String> signUp =
              Visitor.at("demo")
                  .post(
                      "/api/auth/signup",
                      "{\"email\":\"late@example.org\",\"password\":\"a long enough phrase\"}");
          assertProblem(503, "promise-unkept", signUp);
          // What is here already is served, and who was promised nothing is not refused.
          assertEquals(200, visitor.get("/api/tracks/" + track).statusCode());
          assertEquals(200, Visitor.anywhere().get(visitor.addressOf(track)).statusCode());
          promisedNothing.awaitReady(promisedNothing.uploaded(1), "a track without the promise");
        });

    visitor.awaitReady(visitor.uploaded(1), "a track after retention came back");
  }

  @Test
  public void shouldLetTracksWaitWhileTheDecoderIsAway() throws Exception {
    assertWaitsAndCompletes("org.tonekeep.decoder.ffmpeg");
  }

  @Test
  public void shouldLetTracksWaitWhileTheAnalysisIsAway() throws Exception {
    assertWaitsAndCompletes("org.tonekeep.analysis");
  }

  private void assertWaitsAndCompletes(String bundle) throws Exception {
    Visitor visitor = Visitor.signedUpAt("demo");
    List<String> tracks = new ArrayList<>();

    without(
        bundle,
        () -> {
          for (int i = 0; i < 3; i++) {
            tracks.add(visitor.uploaded(1));
          }
          for (String track : tracks) {
            assertEquals("uploaded", visitor.stateOf(track));
            JsonNode job = jobOf(visitor, track);
            assertEquals("waiting", job.path("state").asText());
            assertEquals(0, job.path("attempt").asInt());
          }
        });

    for (String track : tracks) {
      visitor.awaitReady(track, "the track uploaded while " + bundle + " was away");
      assertEquals(200, visitor.get("/api/peaks/" + track).statusCode());
    }
  }

  @Test
  public void shouldAnswerAnonymousAndPublicRequestsWhileAuthIsAway() throws Exception {
    Visitor visitor = Visitor.signedUpAt("demo");
    String track = visitor.uploaded(1);
    visitor.awaitReady(track, "the track before");
    String bytes = visitor.addressOf(track);
    assertTrue(describes("/api/auth/login"));

    without(
        "org.tonekeep.auth",
        () -> {
          Visitor server = Visitor.anywhere();
          assertEquals(200, server.get("/healthz").statusCode());
          assertEquals(200, page(server).statusCode());
          // A signed address lives as long as its session, and nobody vouches for that now.
          assertEquals(403, server.get(bytes).statusCode());
          assertFalse(describes("/api/auth/login"));
          assertTrue(describes("/api/tracks"));
          // The cookie says nothing to anybody now.
          assertProblem(401, "sign-in-required", visitor.get("/api/tracks"));
          // The own account needs who signs in.
          assertProblem(404, "feature-off", visitor.get("/api/account"));
        });

    assertTrue(describes("/api/auth/login"));
    assertEquals(200, visitor.get("/api/tracks/" + track).statusCode());
  }

  @Test
  public void shouldComeBackByItselfWhenTheDatabaseWasAway() throws Exception {
    Visitor visitor = Visitor.signedUpAt("demo");
    String track = visitor.uploaded(1);

    without(
        "org.tonekeep.database.derby",
        () -> {
          Visitor server = Visitor.anywhere();
          assertEquals(200, server.get("/healthz").statusCode());
          assertEquals(200, page(server).statusCode());
          assertEquals(503, server.get("/readyz").statusCode());
          for (String path : List.of("/api/tracks", "/api/tracks/" + track, "/api/jobs")) {
            HttpResponse<String> answer = visitor.get(path);
            assertEquals(answer.body(), 503, answer.statusCode());
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
          }
          assertEquals(503, visitor.upload(1).statusCode());
        });

    visitor.awaitReady(track, "the track uploaded before the database went");
    visitor.awaitReady(visitor.uploaded(1), "a track after the database came back");
  }

  @Test
  public void shouldGiveUpASlowUploadWhenTheDatabaseGoes() throws Exception {
    Visitor visitor = Visitor.signedUpAt("demo");
    SlowTone tone = new SlowTone(10);
    CompletableFuture<HttpResponse<String>> answer = visitor.beginUpload(tone);
    tone.awaitHalf();

    String database = "org.tonekeep.database.derby";
    try {
      bundles().stopWithEndlessRequest(database);
      tone.finish();
      HttpResponse<String> refused = answer.get(1, TimeUnit.MINUTES);
      assertEquals(refused.body(), 503, refused.statusCode());
    } finally {
      startAndAwait(database);
    }

    assertEquals(0, json(visitor.get("/api/tracks")).path("items").size());
    visitor.awaitReady(visitor.uploaded(1), "a track after the database came back");
  }

  private static JsonNode jobOf(Visitor visitor, String track) throws Exception {
    return json(visitor.get("/api/jobs?subject=" + track)).path("items").path(0);
  }

  private static HttpResponse<String> page(Visitor visitor) throws Exception {
    return visitor.send(visitor.request("/").header("Host", "demo.localhost"));
  }

  private static boolean describes(String path) throws Exception {
    HttpResponse<String> document = Visitor.at("demo").get("/api/openapi.json");
    assertEquals(document.body(), 200, document.statusCode());
    return json(document).path("paths").has(path);
  }

  private static void assertAdapterMissing(String adapter, HttpResponse<String> answer)
      throws Exception {
    JsonNode problem = assertProblem(503, "adapter-missing", answer);
    assertTrue(problem.toString(), problem.path("detail").asText().contains(adapter));
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
  }

  /** What a test does while a bundle is away. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private void without(String bundle, Work work) throws Exception {
    try {
      bundles().stop(bundle);
      work.run();
    } finally {
      startAndAwait(bundle);
    }
  }

  private void startAndAwait(String bundle) throws Exception {
    bundles().start(bundle);
    Patience.until(
        "everything is ready after " + bundle + " came back",
        () ->
            Visitor.anywhere().get("/readyz").statusCode() == 200
                && Visitor.at("demo").get("/api/tracks").statusCode() == 401
                && Visitor.at("demo").get("/api/auth/sessions").statusCode() == 401);
  }
}
