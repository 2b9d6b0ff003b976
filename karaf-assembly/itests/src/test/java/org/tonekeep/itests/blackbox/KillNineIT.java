package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/**
 * House law 5 in the real platform: whatever was acknowledged is there after {@code kill -9}, in
 * rows and in bytes, and nothing is there by halves.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class KillNineIT {
  private static final int THREADS = 6;
  private static final int BEFORE_THE_KILL = 20;

  private static Distribution platform;

  @BeforeClass
  public static void unpack() throws Exception {
    platform = Distribution.unpack();
  }

  @AfterClass
  public static void close() throws IOException {
    platform.close();
  }

  @Before
  public void boot() throws Exception {
    // A test that left it running saves the next one a start.
    if (!platform.isAlive()) {
      platform.start();
    }
  }

  @Test
  public void shouldBeWholeAfterAKillDuringUploads() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    String account = alice.account();
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    AtomicInteger begun = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> uploading = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        uploading.add(threads.submit(() -> uploadUntilItDies(alice, begun, acknowledged)));
      }
      Patience.until(
          "there is something to lose",
          () ->
              acknowledged.size() >= BEFORE_THE_KILL
                  || uploading.stream().anyMatch(Future::isDone));
      platform.killHard();
      for (Future<?> one : uploading) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(acknowledged.size()).isGreaterThanOrEqualTo(BEFORE_THE_KILL);
    assertThat(begun.get()).as("uploads under way at the kill").isGreaterThan(acknowledged.size());

    Ledger ledger = Ledger.ofDerby(platform.data());
    ledger.assertHolds(acknowledged);
    ledger.assertNothingTorn();
    List<String> tracks = ledger.tracksOf(account);
    assertThat(tracks.size() - acknowledged.size())
        .as("tracks whose answer was lost")
        .isBetween(0, THREADS);
    assertThat(ledger.unknownFiles()).as("files without a row").isBetween(0L, 2L * THREADS);

    platform.start();
    for (String id : tracks) {
      alice.awaitReady(id);
    }
  }

  private static Void uploadUntilItDies(
      Musician alice, AtomicInteger begun, Map<String, String> acknowledged)
      throws InterruptedException, IOException {
    while (true) {
      byte[] sound = Tone.wav(1, 200 + begun.incrementAndGet());
      HttpResponse<String> answer;
      try {
        answer = alice.upload("Tone", sound);
      } catch (IOException killed) {
        // The platform is gone: what it did not answer, it did not promise.
        return null;
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      acknowledged.put(Musician.json(answer).path("id").asText(), Corpus.sha256(sound));
    }
  }

  /**
   * The owner's key is durable before the account is: nobody is acknowledged and then unreadable.
   */
  @Test
  public void shouldKnowEveryAccountThatWasAcknowledged() throws Exception {
    Map<String, Musician> acknowledged = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> signingUp = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        signingUp.add(threads.submit(() -> signUpUntilItDies(acknowledged)));
      }
      Patience.until(
          "there is somebody to lose",
          () -> acknowledged.size() >= THREADS || signingUp.stream().anyMatch(Future::isDone));
      platform.killHard();
      for (Future<?> one : signingUp) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(acknowledged.size()).isGreaterThanOrEqualTo(THREADS);

    platform.start();

    for (Musician member : acknowledged.values()) {
      assertThat(Musician.json(member.get("/api/account")).path("email").asText())
          .isEqualTo(member.email());
    }
  }

  private static Void signUpUntilItDies(Map<String, Musician> acknowledged) throws Exception {
    while (true) {
      try {
        Musician member = Musician.at(platform, "demo");
        acknowledged.put(member.email(), member);
      } catch (IOException killed) {
        return null;
      }
    }
  }

  @Test
  public void shouldFinishAnAnalysisThatWasKilled() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    String id = alice.uploaded("Long", Tone.wav(600, 330)).path("id").asText();
    Patience.until(
        "the analysis is in the middle",
        () -> {
          JsonNode job = alice.jobs(id).path(0);
          assertThat(job.path("state").asText()).isNotEqualTo("done");
          return job.path("state").asText().equals("running")
              && job.path("progress").path("done").asLong() > 0;
        });
    platform.killHard();
    Ledger.ofDerby(platform.data()).assertNothingTorn();

    platform.start();

    JsonNode track = alice.awaitReady(id);
    assertThat(track.path("durationSeconds").asDouble()).isEqualTo(600.0);
    assertThat(alice.jobs(id)).hasSize(1);
    assertThat(alice.jobs(id).path(0).path("state").asText()).isEqualTo("done");
    assertThat(alice.jobs(id).path(0).path("attempt").asInt()).isEqualTo(2);
    assertThat(alice.get("/api/analysis/" + id).statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldLetAnUploadFinishWhenAskedToStop() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    byte[] sound = Tone.wav(10, 440);
    PipedOutputStream pipe = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> answer = uploading(alice, new PipedInputStream(pipe));
    pipe.write(sound, 0, sound.length / 2);
    pipe.flush();
    Path incoming = platform.data().resolve("blobs/.incoming");
    Patience.until("the upload has begun", () -> hasBytes(incoming));

    long asked = System.nanoTime();
    platform.terminate();
    Patience.until("nobody else is let in", () -> isRefused(alice));
    pipe.write(sound, sound.length / 2, sound.length - sound.length / 2);
    pipe.close();

    HttpResponse<String> done = answer.get(30, TimeUnit.SECONDS);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
    assertThat(platform.awaitExit(15)).isIn(0, 143);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked)).isLessThan(15);
    assertClosedCleanly();
    Ledger ledger = Ledger.ofDerby(platform.data());
    ledger.assertHolds(Map.of(Musician.json(done).path("id").asText(), Corpus.sha256(sound)));
    ledger.assertNothingTorn();
  }

  @Test
  public void shouldStopInTimeAlthoughAnUploadNeverEnds() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    byte[] sound = Tone.wav(10, 440);
    PipedOutputStream pipe = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> answer = uploading(alice, new PipedInputStream(pipe));
    pipe.write(sound, 0, sound.length / 2);
    pipe.flush();
    Path incoming = platform.data().resolve("blobs/.incoming");
    Patience.until("the upload has begun", () -> hasBytes(incoming));

    platform.terminate();

    assertThat(platform.awaitExit(20)).isIn(0, 143);
    assertClosedCleanly();
    pipe.close();
    try {
      HttpResponse<String> refused = answer.get(30, TimeUnit.SECONDS);
      assertThat(refused.statusCode()).as(refused.body()).isGreaterThanOrEqualTo(400);
    } catch (ExecutionException cutOff) {
      assertThat(cutOff).hasCauseInstanceOf(IOException.class);
    }
    Ledger.ofDerby(platform.data()).assertNothingTorn();
  }

  private static CompletableFuture<HttpResponse<String>> uploading(
      Musician musician, InputStream body) {
    return musician
        .client()
        .sendAsync(
            musician
                .request("/api/tracks?title=slow")
                .header("Content-Type", "audio/wav")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                .build(),
            BodyHandlers.ofString());
  }

  private static boolean hasBytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (Files.size(file) > 0) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isRefused(Musician musician) throws InterruptedException {
    try {
      return musician.get("/api/account").statusCode() != 200;
    } catch (IOException closed) {
      return true;
    }
  }

  private static void assertClosedCleanly() throws IOException {
    String log = platform.log();
    assertThat(log.lastIndexOf("The embedded database is closed"))
        .isGreaterThan(log.lastIndexOf("Ready with"));
    assertThat(platform.data().resolve("db/db.lck")).as("Derby's lock").doesNotExist();
  }
}
