package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.vault.internal.TestVault.ALICE;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.fs.internal.FsBlobStore;
import org.tonekeep.testing.kit.TestDatabase;

/** Blobs move there and back while people read and delete them, and old copies go at once. */
@RunWith(Parameterized.class)
public final class BusyMigrationTest {
  private static final int BLOBS = 24;

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestDatabase.Engine engine;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<BlobKey> discarded = ConcurrentHashMap.newKeySet();
  private final AtomicInteger reads = new AtomicInteger();
  private final List<Blob> blobs = new ArrayList<>();
  private TestVault site;
  private FsBlobStore left;
  private FsBlobStore right;
  private volatile boolean over;

  public BusyMigrationTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() throws IOException {
    site = new TestVault(engine);
    left = new FsBlobStore(folder.getRoot().toPath().resolve("left"));
    right = new FsBlobStore(folder.getRoot().toPath().resolve("right"));
    site.add("left", left);
    site.add("right", right);
    site.sites.set(ALICE, false, Map.of("storage.adapter", "left"));
    for (int i = 0; i < BLOBS; i++) {
      blobs.add(site.recorded(ALICE, MadeAudio.wav(70_000 + i)));
    }
  }

  @After
  public void close() throws IOException {
    threads.shutdownNow();
    site.close();
    left.close();
    right.close();
  }

  private void read(Blob blob) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try (InputStream in = site.vault.read(ALICE, blob.key(), 0)) {
        assertThat(in.readAllBytes()).isEqualTo(MadeAudio.wav((int) blob.length() - 44));
        int unused = reads.incrementAndGet();
        return;
      } catch (NoSuchBlobException absent) {
        if (discarded.contains(blob.key())) {
          return;
        }
        // Old copies go at once here, so one look at the row may come too late, but not many.
        assertThat(attempt).isLessThan(20);
      }
    }
  }

  private Callable<Object> untilOver(Callable<Object> step) {
    return () -> {
      while (!over) {
        Object unused = step.call();
      }
      return "";
    };
  }

  private Object readAny() throws IOException {
    read(blobs.get(ThreadLocalRandom.current().nextInt(BLOBS)));
    return "";
  }

  private Object deleteCopies() throws IOException, InterruptedException {
    site.clock.advance(Duration.ofHours(2));
    site.oldCopies()
        .run(
            FakeJobs.context(
                FakeJobs.job(ALICE, new JobRequest("", OldCopies.KIND, "", Map.of()))));
    return "";
  }

  /** The clock runs by days here, so a copy may be due before it is done: then it is named. */
  private void migrateUntilDone(String to) throws IOException, InterruptedException {
    for (int attempt = 0; !site.rows.elsewhere(ALICE, to).isEmpty(); attempt++) {
      try {
        migrate(to);
      } catch (JobFailedException someStay) {
        // Deleted before it was read back, or after: the blob stays, and the next round moves it.
        assertThat(someStay)
            .hasMessageMatching(
                "(?s).*(was deleted by somebody else|its copy in '\\w+' cannot be read).*");
        assertThat(attempt).isLessThan(20);
      }
    }
  }

  private void migrate(String to) throws IOException, InterruptedException {
    JobRequest request =
        new JobRequest("", BlobMigration.KIND, BlobMigration.SUBJECT, Map.of(BlobMigration.TO, to));
    AtomicInteger beats = new AtomicInteger();
    site.migration()
        .run(
            FakeJobs.context(
                FakeJobs.job(ALICE, request),
                () -> {
                  int beat = beats.incrementAndGet();
                  if (beat % 40 == 0) {
                    discard(blobs.get((beat / 40) % BLOBS));
                  }
                }));
  }

  private void discard(Blob blob) {
    boolean unused = discarded.add(blob.key());
    site.vault.discard(ALICE, blob.key());
  }

  @Test
  public void shouldDisturbNobodyWhileBlobsMoveThereAndBack() throws Exception {
    List<Future<Object>> people = new ArrayList<>();
    people.add(threads.submit(untilOver(this::readAny)));
    people.add(threads.submit(untilOver(this::readAny)));
    people.add(threads.submit(untilOver(this::deleteCopies)));
    for (String to : new String[] {"right", "left", "right"}) {
      migrateUntilDone(to);
    }
    over = true;
    for (Future<Object> one : people) {
      Object unused = one.get(60, TimeUnit.SECONDS);
    }
    for (var deletion : site.jobs.ofKind(BlobDeletion.KIND)) {
      new BlobDeletion(site.stores, site.removal).run(FakeJobs.context(deletion));
    }
    Object unused = deleteCopies();
    for (Blob blob : blobs) {
      read(blob);
      boolean gone = discarded.contains(blob.key());
      assertThat(site.vault.find(ALICE, blob.key()).isPresent()).isEqualTo(!gone);
      assertThat(right.stat(blob.key()).isPresent()).isEqualTo(!gone);
      assertThat(left.stat(blob.key())).isEmpty();
    }
    assertThat(discarded).isNotEmpty().hasSizeLessThan(BLOBS);
    assertThat(reads.get()).isGreaterThan(10);
  }
}
