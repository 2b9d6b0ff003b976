package org.tonekeep.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.jobs.internal.Workshop.ALICE;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.testing.kit.TestDatabase;

/** A process that dies at once: what it acknowledged is done by the next one. */
public final class KilledProcessTest {
  private static final int AT_LEAST = 50;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** The process that is killed: enqueues for ever, and does some. */
  public static final class Victim {
    public static void main(String[] args) {
      TestDatabase db = TestDatabase.derby(Path.of(args[0]), "jobs");
      @SuppressWarnings("resource") // it is killed
      Workshop shop = new Workshop(db, Clock.systemUTC());
      shop.dispatch(
          2,
          new Handler("stems.hang", context -> new java.util.concurrent.CountDownLatch(1).await()));
      for (int i = 0; ; i++) {
        JobId id = shop.enqueue(ALICE, "", i < 2 ? "stems.hang" : "stems.quick");
        System.out.println(id.value());
        System.out.flush();
      }
    }
  }

  @Test
  public void shouldKeepEveryAcknowledgedJobWhenTheProcessIsKilled() throws Exception {
    Path database = folder.getRoot().toPath().resolve("db");
    List<JobId> acknowledged = new ArrayList<>();
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dderby.stream.error.file=" + folder.getRoot().toPath().resolve("derby.log"),
                Victim.class.getName(),
                database.toString())
            .redirectError(folder.newFile("victim.log"))
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = out.readLine()) != null) {
        if (line.length() == 36) { // the last one may be cut
          acknowledged.add(new JobId(line));
        }
        if (acknowledged.size() == AT_LEAST) {
          // Not the process' own method: that would close the stream that is being read.
          assertThat(victim.toHandle().destroyForcibly()).isTrue();
        }
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(AT_LEAST);

    try (Workshop shop = new Workshop(TestDatabase.derby(database, "jobs"), Clock.systemUTC())) {
      assertThat(acknowledged).allMatch(id -> shop.queue.find(ALICE, id).isPresent());
      shop.dispatch(
          2, new Handler("stems.hang", context -> {}), new Handler("stems.quick", context -> {}));
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(
              () ->
                  shop.queue.list(ALICE, JobState.WAITING, 1).isEmpty()
                      && shop.queue.list(ALICE, JobState.RUNNING, 1).isEmpty());
      assertThat(acknowledged).allMatch(id -> shop.state(ALICE, id) == JobState.DONE);
      assertThat(shop.queue.find(ALICE, acknowledged.get(0)).orElseThrow().attempt())
          .as("the crash counted")
          .isBetween(1, 2);
    }
  }
}
