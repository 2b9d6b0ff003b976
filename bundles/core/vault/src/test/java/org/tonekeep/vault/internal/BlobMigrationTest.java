package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.StorageUnavailableException;
import org.tonekeep.storage.memory.internal.MemoryBlobStore;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.testing.kit.TestDatabase;

@RunWith(Parameterized.class)
public final class BlobMigrationTest {
  private static final int LENGTH = 60_000;
  private static final String NEW = "new";

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  private final TestDatabase.Engine engine;
  private TestVault site;
  private FlakyStore store;
  private BlobMigration migration;

  public BlobMigrationTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    site = new TestVault(engine);
    store = new FlakyStore(new MemoryBlobStore(site.clock, 64L << 20));
    site.add(NEW, store);
    migration = site.migration();
  }

  @After
  public void close() {
    site.close();
  }

  private List<Blob> recorded(int count) throws IOException {
    List<Blob> blobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blobs.add(site.recorded(ALICE, MadeAudio.wav(LENGTH + i)));
    }
    return blobs;
  }

  private static Job job() {
    return FakeJobs.job(
        ALICE,
        new JobRequest(
            "", BlobMigration.KIND, BlobMigration.SUBJECT, Map.of(BlobMigration.TO, NEW)));
  }

  private void migrate() throws IOException, InterruptedException {
    migration.run(FakeJobs.context(job()));
  }

  private void deleteOldCopies() throws IOException, InterruptedException {
    site.oldCopies()
        .run(
            FakeJobs.context(
                FakeJobs.job(ALICE, new JobRequest("", OldCopies.KIND, "", Map.of()))));
  }

  private String adapter(Blob blob) {
    return site.vault.find(blob.key().tenant(), blob.key()).orElseThrow().adapter();
  }

  private void assertReadable(List<Blob> blobs) throws IOException {
    for (Blob blob : blobs) {
      try (InputStream in = site.vault.read(blob.key().tenant(), blob.key(), 0)) {
        assertThat(in.readAllBytes()).isEqualTo(MadeAudio.wav((int) blob.length() - 44));
      }
    }
  }

  @Test
  public void shouldSendNewBlobsToTheNewAdapterAndReadOldOnesWhereTheyLie() throws Exception {
    List<Blob> old = recorded(1);
    site.sites.set(ALICE, false, Map.of("storage.adapter", NEW));
    Blob fresh = recorded(1).get(0);
    assertThat(fresh.adapter()).isEqualTo(NEW);
    assertThat(store.stat(fresh.key())).isPresent();
    assertThat(site.memory.stat(fresh.key())).isEmpty();
    assertReadable(List.of(old.get(0), fresh));
  }

  @Test
  public void shouldMoveAllBlobsOfTheTenantAndNobodyElses() throws Exception {
    List<Blob> blobs = recorded(3);
    Blob bobs = site.recorded(BOB, MadeAudio.wav(100));
    byte[] stored = site.memory.read(blobs.get(0).key(), 0, Long.MAX_VALUE).readAllBytes();
    site.sites.set(ALICE, false, Map.of("storage.adapter", NEW));
    assertThat(site.moves().start(ALICE, "")).isPresent();
    migrate();
    assertThat(blobs).allMatch(blob -> adapter(blob).equals(NEW));
    assertThat(adapter(bobs)).isEqualTo("memory");
    assertThat(store.list(BOB, "", "", 10)).isEmpty();
    assertThat(store.read(blobs.get(0).key(), 0, Long.MAX_VALUE).readAllBytes())
        .as("the ciphertext is not made anew")
        .isEqualTo(stored);
    assertReadable(blobs);
    assertThat(site.audit.actions(ALICE))
        .containsExactly("blob.migrate", "blob.move", "blob.move", "blob.move", "blob.migrate-end");
    assertThat(site.audit.actions(BOB)).isEmpty();
    migrate(); // again: nothing is left to do
    assertThat(store.puts.get()).isEqualTo(3);
    assertThat(site.moves().start(BOB, "memory")).isEmpty();
  }

  @Test
  public void shouldKeepTheOldCopyForReadersAndDeleteItAnHourLater() throws Exception {
    Blob blob = recorded(1).get(0);
    InputStream reading = site.vault.read(ALICE, blob.key(), 0);
    byte[] half = reading.readNBytes(LENGTH / 2);
    migrate();
    assertThat(site.jobs.ofKind(OldCopies.KIND))
        .extracting(Job::runAt)
        .containsExactly(site.clock.instant().plus(Duration.ofHours(1)));
    deleteOldCopies();
    assertThat(site.memory.stat(blob.key())).as("too early").isPresent();
    assertThat(reading.readAllBytes().length + half.length).isEqualTo(blob.length());
    assertThat(site.moves().places(ALICE))
        .extracting(BlobMoves.Place::adapter, BlobMoves.Place::blobs, BlobMoves.Place::oldCopies)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("memory", 0L, 1L),
            org.assertj.core.groups.Tuple.tuple(NEW, 1L, 0L));
    site.clock.advance(Duration.ofHours(1));
    deleteOldCopies();
    assertThat(site.memory.stat(blob.key())).isEmpty();
    assertThat(site.copies.lying(ALICE)).isEmpty();
    assertReadable(List.of(blob));
  }

  @Test
  public void shouldLetTheSweepBeAfterAMove() throws Exception {
    List<Blob> blobs = recorded(30);
    site.clock.advance(Duration.ofDays(3));
    migrate();
    OrphanSweep sweep =
        new OrphanSweep(site.sites, site.stores, site.rows, site.removal, site.clock, 10);
    assertThat(sweep.sweep(ALICE, "memory", site.memory)).isZero();
    assertThat(sweep.sweep(ALICE, NEW, store)).isZero();
    assertThat(sweep.refusals()).isEmpty();
    assertReadable(blobs);
  }

  @Test
  public void shouldGoOnWhereItWasStoppedAtAnyPoint() throws Exception {
    List<Blob> blobs = recorded(4);
    int beats = 0;
    for (boolean done = false; !done; beats += 7) {
      AtomicInteger left = new AtomicInteger(beats % 40);
      try {
        migration.run(
            FakeJobs.context(
                job(),
                () -> {
                  if (left.getAndDecrement() == 0) {
                    throw new CancellationException();
                  }
                }));
        done = true;
      } catch (CancellationException stopped) {
        assertReadable(blobs);
      }
    }
    assertThat(blobs).allMatch(blob -> adapter(blob).equals(NEW));
    site.clock.advance(Duration.ofDays(2));
    deleteOldCopies();
    assertThat(site.memory.list(ALICE, "", "", 10)).isEmpty();
    assertThat(store.list(ALICE, "", "", 10)).hasSize(4);
    assertReadable(blobs);
  }

  @Test
  public void shouldNotBringBackWhatIsDiscardedWhileItIsCopied() throws Exception {
    List<Blob> blobs = recorded(2);
    store.afterPut = key -> site.vault.discard(ALICE, key);
    migrate();
    for (Blob blob : blobs) {
      assertThat(site.vault.find(ALICE, blob.key())).isEmpty();
      assertThatThrownBy(() -> site.vault.read(ALICE, blob.key(), 0))
          .isInstanceOf(NoSuchBlobException.class);
    }
    for (Job deletion : site.jobs.ofKind(BlobDeletion.KIND)) {
      new BlobDeletion(site.stores, site.removal).run(FakeJobs.context(deletion));
    }
    assertThat(store.list(ALICE, "", "", 10)).isEmpty();
    assertThat(site.memory.list(ALICE, "", "", 10)).isEmpty();
  }

  @Test
  public void shouldDeleteBothCopiesOfABlobThatIsDiscardedAfterItsMove() throws Exception {
    Blob blob = recorded(1).get(0);
    migrate();
    site.vault.discard(ALICE, blob.key());
    List<Job> deletions = site.jobs.ofKind(BlobDeletion.KIND);
    assertThat(deletions).hasSize(2);
    for (Job deletion : deletions) {
      new BlobDeletion(site.stores, site.removal).run(FakeJobs.context(deletion));
    }
    assertThat(store.stat(blob.key())).isEmpty();
    assertThat(site.memory.stat(blob.key())).isEmpty();
    assertThat(site.copies.lying(ALICE)).isEmpty();
  }

  @Test
  public void shouldNameWhatItCannotMoveAndMoveTheRest() throws Exception {
    List<Blob> blobs = recorded(4);
    Blob lost = blobs.get(1);
    assertThat(site.memory.delete(lost.key())).isTrue();
    store.spoiled = blobs.get(2).key();
    assertThatThrownBy(this::migrate)
        .isInstanceOf(JobFailedException.class)
        .hasMessageStartingWith("2 stay where they are: ")
        .hasMessageContaining(lost.key().id() + " (its bytes are missing in 'memory')")
        .hasMessageContaining(blobs.get(2).key().id() + " (")
        .hasMessageContaining("2 were moved");
    assertThat(blobs).extracting(this::adapter).containsExactly(NEW, "memory", "memory", NEW);
    assertThat(store.stat(blobs.get(2).key())).as("a bad copy is withdrawn").isEmpty();
    store.spoiled = null;
    assertReadable(List.of(blobs.get(0), blobs.get(2), blobs.get(3)));
    assertThat(site.audit.kept().stream().filter(kept -> !kept.entry().success())).hasSize(2);
    assertThatThrownBy(this::migrate).hasMessageStartingWith("1 stay where they are: ");
  }

  @Test
  public void shouldAdoptTheCopyOfATryThatDiedAndReplaceABadOne() throws Exception {
    List<Blob> blobs = recorded(2);
    InputStream good = site.memory.read(blobs.get(0).key(), 0, Long.MAX_VALUE);
    long unused = store.inner.put(blobs.get(0).key(), good);
    unused = store.inner.put(blobs.get(1).key(), new ByteArrayInputStream(new byte[500]));
    migrate();
    assertReadable(blobs);
    assertThat(blobs).allMatch(blob -> adapter(blob).equals(NEW));
  }

  @Test
  public void shouldNeverDeleteACopyThatTheBlobHasMovedBackTo() throws Exception {
    Blob blob = recorded(1).get(0);
    migrate();
    boolean back =
        site.move()
            .move(
                ALICE,
                site.vault.find(ALICE, blob.key()).orElseThrow(),
                "memory",
                Duration.ofHours(1),
                new Pace(Long.MAX_VALUE, System::nanoTime, () -> {}));
    assertThat(back).isTrue();
    site.clock.advance(Duration.ofDays(2));
    deleteOldCopies();
    assertThat(site.removal.remove(ALICE, blob.key(), "memory", site.memory))
        .isEqualTo(BlobRemoval.Outcome.REMEMBERED);
    assertThat(store.stat(blob.key())).isEmpty();
    assertReadable(List.of(blob));
  }

  @Test
  public void shouldWaitForAnAdapterThatIsAwayAndAnswerForItsBlobsOnly() throws Exception {
    Blob old = recorded(1).get(0);
    site.sites.set(ALICE, false, Map.of("storage.adapter", NEW));
    Blob fresh = recorded(1).get(0);
    site.remove("memory", site.memory);
    assertThatThrownBy(this::migrate)
        .isInstanceOf(AdapterMissingException.class)
        .hasMessage("The adapter storage.adapter=memory is not running");
    assertThatThrownBy(() -> site.vault.read(ALICE, old.key(), 0))
        .isInstanceOf(AdapterMissingException.class);
    assertReadable(List.of(fresh));
    site.add("memory", site.memory);
    migrate();
    assertReadable(List.of(old, fresh));
    site.remove(NEW, store);
    assertThatThrownBy(() -> site.moves().start(BOB, NEW))
        .isInstanceOf(AdapterMissingException.class);
  }

  @Test
  public void shouldStopWhenTheNewStoreIsFullOrAway() throws Exception {
    List<Blob> blobs = recorded(3);
    store.afterPut =
        key -> {
          throw new StorageUnavailableException("The bucket does not answer", new IOException());
        };
    assertThatThrownBy(this::migrate).isInstanceOf(StorageUnavailableException.class);
    site.remove(NEW, store);
    site.add(NEW, new MemoryBlobStore(site.clock, LENGTH * 2L));
    assertThatThrownBy(this::migrate)
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("'new' is full");
    assertReadable(blobs);
  }

  @Test
  public void shouldKeepAskingForAnAdapterThatIsAwayWithOldCopies() throws Exception {
    Blob blob = recorded(1).get(0);
    migrate();
    site.clock.advance(Duration.ofHours(2));
    site.remove("memory", site.memory);
    assertThatThrownBy(this::deleteOldCopies)
        .isInstanceOf(AdapterMissingException.class)
        .hasMessageContaining("=memory");
    site.add("memory", site.memory);
    deleteOldCopies();
    assertThat(site.memory.stat(blob.key())).isEmpty();
    assertThat(site.jobs.ofKind(OldCopies.KIND)).as("no further look is needed").hasSize(1);
  }

  @Test
  public void shouldRefuseASecondMoveBesideTheFirst() throws Exception {
    boolean unused = recorded(1).isEmpty();
    assertThat(site.moves().start(ALICE, NEW)).isPresent();
    assertThatThrownBy(() -> site.moves().start(ALICE, NEW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tonekeep:job-cancel");
  }
}
