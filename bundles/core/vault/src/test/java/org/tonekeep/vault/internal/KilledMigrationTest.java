package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.vault.internal.TestVault.ALICE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.fs.internal.FsBlobStore;
import org.tonekeep.testing.kit.TestDatabase;

/** A process that dies while it moves blobs: nothing is lost, and the next one ends its work. */
public final class KilledMigrationTest {
  private static final int BLOBS = 40;
  private static final int[] BEATS = {9, 77, 160};
  private static final String NEW = "new";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** The process that is killed: moves blobs, and says so at each sign of progress. */
  public static final class Victim {
    public static void main(String[] args) throws IOException, InterruptedException {
      try (Place place = new Place(Path.of(args[0]))) {
        place.migrate(
            () -> {
              System.out.println("beat");
              System.out.flush();
            });
      }
      System.out.println("done");
    }
  }

  /** A site over files that outlive the process. */
  private static final class Place implements AutoCloseable {
    final TestVault site;
    final FsBlobStore old;
    final FsBlobStore fresh;

    Place(Path root) throws IOException {
      site = new TestVault(TestDatabase.derby(root.resolve("db"), "vault"));
      old = new FsBlobStore(root.resolve("old"));
      fresh = new FsBlobStore(root.resolve("new"));
      site.add("old", old);
      site.add(NEW, fresh);
      site.sites.set(ALICE, false, Map.of("storage.adapter", "old"));
    }

    void migrate(Runnable beat) throws IOException, InterruptedException {
      JobRequest request =
          new JobRequest(
              "", BlobMigration.KIND, BlobMigration.SUBJECT, Map.of(BlobMigration.TO, NEW));
      site.migration().run(FakeJobs.context(FakeJobs.job(ALICE, request), beat));
    }

    void deleteOldCopies() throws IOException, InterruptedException {
      JobContext context =
          FakeJobs.context(FakeJobs.job(ALICE, new JobRequest("", OldCopies.KIND, "", Map.of())));
      site.oldCopies().run(context);
    }

    @Override
    public void close() throws IOException {
      site.close();
      old.close();
      fresh.close();
    }
  }

  private void killAfter(int beats) throws IOException, InterruptedException {
    Path root = folder.getRoot().toPath();
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dderby.stream.error.file=" + root.resolve("derby.log"),
                Victim.class.getName(),
                root.toString())
            .redirectError(root.resolve("victim.log").toFile())
            .start();
    int seen = 0;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = out.readLine()) != null) {
        assertThat(line).isNotEqualTo("done");
        if (++seen == beats) {
          // Not the process' own method: that would close the stream that is being read.
          assertThat(victim.toHandle().destroyForcibly()).isTrue();
        }
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).isGreaterThanOrEqualTo(beats);
  }

  @Test
  public void shouldLoseNothingWhenTheProcessIsKilledInTheMiddle() throws Exception {
    Path root = folder.getRoot().toPath();
    List<Blob> blobs = new ArrayList<>();
    try (Place place = new Place(root)) {
      for (int i = 0; i < BLOBS; i++) {
        blobs.add(place.site.recorded(ALICE, MadeAudio.wav(50_000 + i)));
      }
    }
    for (int beats : BEATS) {
      killAfter(beats);
    }
    try (Place place = new Place(root)) {
      assertThat(place.site.rows.elsewhere(ALICE, NEW).getOrDefault("old", 0L))
          .as("each died in the middle")
          .isBetween(1L, BLOBS - 1L);
      assertReadable(place.site, blobs);
      place.migrate(() -> {});
      assertReadable(place.site, blobs);
      assertThat(place.site.rows.elsewhere(ALICE, NEW)).isEmpty();
      place.site.clock.advance(Duration.ofDays(2));
      place.deleteOldCopies();
      assertThat(place.old.list(ALICE, "", "", 100)).isEmpty();
      assertThat(place.fresh.list(ALICE, "", "", 100)).hasSize(BLOBS);
      assertThat(place.site.copies.lying(ALICE)).isEmpty();
      assertReadable(place.site, blobs);
    }
  }

  private static void assertReadable(TestVault site, List<Blob> blobs) throws IOException {
    for (Blob blob : blobs) {
      try (InputStream in = site.vault.read(ALICE, blob.key(), 0)) {
        assertThat(in.readAllBytes()).isEqualTo(MadeAudio.wav((int) blob.length() - 44));
      }
    }
  }
}
