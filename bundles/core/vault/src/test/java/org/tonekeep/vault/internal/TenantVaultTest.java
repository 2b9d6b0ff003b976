package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;
import static org.tonekeep.vault.internal.TestVault.OTHER;
import static org.tonekeep.vault.internal.TestVault.OWNER;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.storage.memory.internal.MemoryBlobStore;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.UnknownTenantException;
import org.tonekeep.testing.kit.TestDatabase;

@RunWith(Parameterized.class)
public final class TenantVaultTest {
  private static final byte[] WAV = MadeAudio.wav(150_000);

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  private final TestDatabase.Engine engine;
  private TestVault site;
  private BlobDeletion deletion;

  public TenantVaultTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    site = new TestVault(engine);
    deletion = new BlobDeletion(site.stores, site.removal);
  }

  @After
  public void close() {
    site.close();
  }

  private void assertNothingStored() throws IOException {
    assertThat(site.memory.list(ALICE, "", "", 10)).isEmpty();
    assertThat(site.memory.list(BOB, "", "", 10)).isEmpty();
  }

  private byte[] read(Blob blob, long offset) throws IOException {
    try (InputStream in = site.vault.read(blob.key().tenant(), blob.key(), offset)) {
      return in.readAllBytes();
    }
  }

  @Test
  public void shouldReceiveHashAndRememberAudio() throws Exception {
    Blob blob = site.recorded(ALICE, WAV);
    assertThat(blob.mediaType()).isEqualTo("audio/wav");
    assertThat(blob.length()).isEqualTo(WAV.length);
    assertThat(blob.sha256())
        .isEqualTo(TenantVault.hex(MessageDigest.getInstance("SHA-256").digest(WAV)));
    assertThat(blob.key().owner()).isEqualTo(OWNER);
    assertThat(site.vault.find(ALICE, blob.key())).contains(blob);
    assertThat(read(blob, 0)).isEqualTo(WAV);
    assertThat(read(blob, WAV.length - 3)).hasSize(3);
  }

  @Test
  public void shouldStoreDerivedBytesUnderTheirKind() throws IOException {
    byte[] peaks = {1, 2, 3};
    Blob blob =
        site.vault.store(
            ALICE, OWNER, "peaks", "application/octet-stream", new ByteArrayInputStream(peaks));
    site.vault.record(ALICE, blob);
    assertThat(blob.key().kind()).isEqualTo("peaks");
    assertThat(read(blob, 0)).isEqualTo(peaks);
  }

  @Test
  public void shouldLeaveNothingOfWhatItRefuses() throws IOException {
    assertThatThrownBy(() -> site.receive(ALICE, new byte[0]))
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessage("The file is empty");
    assertThatThrownBy(() -> site.receive(ALICE, MadeAudio.text("hello there")))
        .isInstanceOf(UnsupportedAudioException.class);
    byte[] video =
        MadeAudio.join(
            MadeAudio.ftyp("isom"),
            MadeAudio.box("mdat", MadeAudio.junk(100_000)),
            MadeAudio.box("moov", MadeAudio.track("vide")));
    assertThatThrownBy(() -> site.receive(ALICE, video))
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining("video");
    assertThatThrownBy(() -> site.receive(BOB, WAV))
        .isInstanceOf(TooLargeException.class)
        .extracting(e -> ((TooLargeException) e).limit())
        .isEqualTo(100L * 1024);
    assertNothingStored();
  }

  @Test
  public void shouldTakeAFileOfExactlyTheLimit() throws IOException {
    byte[] exact = MadeAudio.wav(100 * 1024 - 44);
    assertThat(site.receive(BOB, exact).length()).isEqualTo(100 * 1024);
    byte[] over = MadeAudio.wav(100 * 1024 - 43);
    assertThatThrownBy(() -> site.receive(BOB, over)).isInstanceOf(TooLargeException.class);
  }

  @Test
  public void shouldPassOnThatTheStoreIsFull() throws IOException {
    site.sites.set(ALICE, false, Map.of("storage.adapter", "tiny"));
    site.add("tiny", new MemoryBlobStore(site.clock, 1000));
    assertThatThrownBy(() -> site.receive(ALICE, WAV)).isInstanceOf(StorageFullException.class);
    assertNothingStored();
  }

  @Test
  public void shouldRefuseWhileItsAdapterOrAKeeperIsAway() throws IOException {
    Blob blob = site.recorded(ALICE, WAV);
    site.remove("memory", site.memory);
    assertThatThrownBy(() -> site.receive(ALICE, WAV))
        .isInstanceOf(AdapterMissingException.class)
        .hasMessageContaining("storage.adapter=memory");
    assertThatThrownBy(() -> read(blob, 0)).isInstanceOf(AdapterMissingException.class);
    site.add("memory", site.memory);
    assertThat(read(blob, 0)).isEqualTo(WAV);
    site.sites.unkept.add(Act.INTAKE);
    assertThatThrownBy(() -> site.receive(ALICE, WAV)).isInstanceOf(PromiseUnkeptException.class);
  }

  @Test
  public void shouldKeepAnUpdatedAdapterWhenItsPredecessorLeavesLate() {
    MemoryBlobStore successor = new MemoryBlobStore(site.clock, 1000);
    site.add("memory", successor);
    site.remove("memory", site.memory);
    assertThat(site.stores.ciphertext("memory")).isSameAs(successor);
  }

  @Test
  public void shouldRefuseASuspendedTenant() {
    site.sites.set(ALICE, true, Map.of("storage.adapter", "memory"));
    assertThatThrownBy(() -> site.receive(ALICE, WAV)).isInstanceOf(UnknownTenantException.class);
  }

  @Test
  public void shouldFindOldBytesAfterTheTenantChoseAnotherAdapter() throws IOException {
    Blob old = site.recorded(ALICE, WAV);
    site.add("other", new MemoryBlobStore(site.clock, 10L << 20));
    site.sites.set(ALICE, false, Map.of("storage.adapter", "other"));
    Blob fresh = site.recorded(ALICE, WAV);
    assertThat(read(old, 0)).isEqualTo(WAV);
    assertThat(read(fresh, 0)).isEqualTo(WAV);
    site.vault.discard(ALICE, old.key());
    deletion(site.jobs.queue.get(0));
    assertThat(site.memory.stat(old.key())).isEmpty();
    assertThat(read(fresh, 0)).isEqualTo(WAV);
  }

  @Test
  public void shouldRememberTheAdapterThatTookTheBytesWhenTheTenantChoosesAnotherMeanwhile()
      throws IOException {
    Blob kept = site.receive(ALICE, WAV);
    Blob thrownAway = site.receive(ALICE, WAV);
    MemoryBlobStore other = new MemoryBlobStore(site.clock, 10L << 20);
    site.add("other", other);
    site.sites.set(ALICE, false, Map.of("storage.adapter", "other"));
    site.vault.record(ALICE, kept);
    site.vault.abandon(ALICE, thrownAway);
    assertThat(read(kept, 0)).isEqualTo(WAV);
    assertThat(site.vault.find(ALICE, kept.key())).contains(kept);
    assertThat(site.memory.stat(thrownAway.key())).isEmpty();
    site.vault.discard(ALICE, kept.key());
    deletion(site.jobs.queue.get(0));
    assertThat(site.memory.stat(kept.key())).isEmpty();
  }

  @Test
  public void shouldSeparateTenants() throws IOException {
    Blob alices = site.recorded(ALICE, MadeAudio.wav(10));
    BlobKey asBobs = new BlobKey(BOB, alices.key().owner(), alices.key().kind(), alices.key().id());
    assertThat(site.vault.find(BOB, alices.key())).isEmpty();
    assertThat(site.vault.find(BOB, asBobs)).isEmpty();
    assertThatThrownBy(() -> site.vault.read(BOB, alices.key(), 0))
        .isInstanceOf(NoSuchBlobException.class);
    site.vault.discard(BOB, alices.key());
    site.vault.discard(BOB, asBobs);
    assertThat(site.jobs.queue).isEmpty();
    assertThatThrownBy(() -> site.vault.record(BOB, alices))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> site.vault.abandon(BOB, alices))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(site.vault.find(ALICE, alices.key())).contains(alices);
  }

  @Test
  public void shouldRememberNothingWhenTheTransactionRollsBack() throws IOException {
    Blob blob = site.receive(ALICE, WAV);
    assertThatThrownBy(
            () ->
                site.database
                    .tx()
                    .run(
                        ALICE,
                        () -> {
                          site.vault.record(ALICE, blob);
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(site.vault.find(ALICE, blob.key())).isEmpty();
    assertThatThrownBy(() -> read(blob, 0)).isInstanceOf(NoSuchBlobException.class);
    site.vault.abandon(ALICE, blob);
    assertNothingStored();
  }

  @Test
  public void shouldNeverAbandonARecordedBlob() throws IOException {
    Blob blob = site.recorded(ALICE, WAV);
    assertThatThrownBy(() -> site.vault.abandon(ALICE, blob))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(read(blob, 0)).isEqualTo(WAV);
  }

  @Test
  public void shouldForgetAtOnceAndDeleteTheBytesByAJob() throws IOException {
    Blob blob = site.recorded(ALICE, WAV);
    Blob bobs = site.recorded(BOB, MadeAudio.wav(10));
    site.vault.discard(ALICE, blob.key());
    site.vault.discard(ALICE, blob.key());
    assertThat(site.vault.find(ALICE, blob.key())).isEmpty();
    assertThatThrownBy(() -> read(blob, 0)).isInstanceOf(NoSuchBlobException.class);
    assertThat(site.jobs.queue).hasSize(1);
    Job job = site.jobs.queue.get(0);
    assertThat(job.request().kind()).isEqualTo(deletion.kind()).isEqualTo("core.blob-delete");
    assertThat(job.request().subject()).isEqualTo(blob.key().path());
    deletion(job);
    deletion(job);
    assertThat(site.memory.stat(blob.key())).isEmpty();
    assertThat(read(bobs, 0)).hasSize(54);
  }

  private void deletion(Job job) throws IOException {
    deletion.run(FakeJobs.context(job));
  }

  @Test
  public void shouldNeverDeleteRememberedBytesOrAnothersByAJob() throws IOException {
    Blob blob = site.recorded(ALICE, WAV);
    JobRequest request =
        new JobRequest(
            "", BlobDeletion.KIND, blob.key().path(), Map.of(BlobDeletion.ADAPTER, "memory"));
    assertThatThrownBy(() -> deletion(FakeJobs.job(ALICE, request)))
        .isInstanceOf(JobFailedException.class);
    assertThatThrownBy(() -> deletion(FakeJobs.job(BOB, request)))
        .isInstanceOf(JobFailedException.class);
    assertThat(read(blob, 0)).isEqualTo(WAV);
  }

  @Test
  public void shouldSweepUnrecordedBytesOfADayAgoOnly() throws IOException {
    OrphanSweep sweep = sweep(10);
    Blob recorded = site.recorded(ALICE, WAV);
    Blob orphan = site.receive(ALICE, WAV);
    Blob bobs = site.receive(BOB, MadeAudio.wav(10));
    Blob bobsRecorded = site.recorded(BOB, MadeAudio.wav(10));
    site.clock.advance(OrphanSweep.AGE.plus(Duration.ofMillis(1)));
    Blob young = site.receive(ALICE, WAV);
    assertThat(sweep.sweep(ALICE, "memory", site.memory)).isEqualTo(1);
    assertThat(site.memory.stat(orphan.key())).isEmpty();
    assertThat(site.memory.stat(recorded.key())).isPresent();
    assertThat(site.memory.stat(young.key())).isPresent();
    assertThat(site.memory.stat(bobs.key())).isPresent();
    assertThat(sweep.sweep(BOB, "memory", site.memory)).isEqualTo(1);
    assertThat(site.memory.stat(bobsRecorded.key())).isPresent();
    assertThat(sweep.sweep(ALICE, "memory", site.memory)).isZero();
  }

  @Test
  public void shouldSweepMoreThanOnePage() throws IOException {
    OrphanSweep sweep = sweep(10);
    List<Blob> recorded = new ArrayList<>();
    byte[] small = MadeAudio.wav(1);
    for (int i = 0; i < 1300; i++) {
      Blob blob = site.receive(ALICE, small);
      if (i % 12 != 0) {
        site.vault.record(ALICE, blob);
        recorded.add(blob);
      }
    }
    site.clock.advance(Duration.ofDays(2));
    assertThat(sweep.sweep(ALICE, "memory", site.memory)).isEqualTo(1300 - recorded.size());
    for (Blob blob : recorded) {
      assertThat(site.memory.stat(blob.key())).isPresent();
    }
  }

  private OrphanSweep sweep(int maxPercent) {
    return new OrphanSweep(
        site.sites, site.stores, site.rows, site.removal, site.clock, maxPercent);
  }

  @Test
  public void shouldDeleteNothingBesideADatabaseThatKnowsNoBlobOfTheTenant() throws IOException {
    Blob alices = site.receive(ALICE, WAV);
    // The database knows blobs, but another tenant's, and of this tenant in another store.
    boolean unused = site.recorded(BOB, MadeAudio.wav(10)).mediaType().isEmpty();
    site.add("other", new MemoryBlobStore(site.clock, 10L << 20));
    site.sites.set(ALICE, false, Map.of("storage.adapter", "other"));
    unused = site.recorded(ALICE, WAV).mediaType().isEmpty();
    site.sites.set(ALICE, false, Map.of("storage.adapter", "memory"));
    site.clock.advance(Duration.ofDays(400));
    OrphanSweep sweep = sweep(10);
    StorageReadiness readiness =
        new StorageReadiness(site.sites, site.stores, sweep, site.elsewhere());
    assertThat(sweep.sweep(ALICE, "memory", site.memory)).isZero();
    assertThat(site.memory.stat(alices.key())).isPresent();
    assertThat(readiness.check().ready()).isTrue();
    assertThat(readiness.check().detail())
        .endsWith(
            "; 1 of 1 old blobs of alice in 'memory' are not in the database: none is deleted");
    assertThat(sweep(100).sweep(ALICE, "memory", site.memory)).isEqualTo(1);
    assertThat(sweep.sweep(ALICE, "memory", site.memory)).isZero();
    assertThat(readiness.check().detail()).doesNotContain("not in the database");
  }

  @Test
  public void shouldDeleteNothingWhenTooManyAreUnrecorded() throws IOException {
    byte[] small = MadeAudio.wav(1);
    for (int i = 0; i < 100; i++) {
      site.vault.record(ALICE, site.receive(ALICE, small));
    }
    for (int i = 0; i < OrphanSweep.FEW; i++) {
      assertThat(site.receive(ALICE, small).length()).isPositive();
    }
    site.clock.advance(Duration.ofDays(2));
    Blob oneMore = site.receive(ALICE, small);
    assertThat(sweep(10).sweep(ALICE, "memory", site.memory)).isEqualTo(OrphanSweep.FEW);
    for (int i = 0; i < OrphanSweep.FEW; i++) {
      assertThat(site.receive(ALICE, small).length()).isPositive();
    }
    site.clock.advance(Duration.ofDays(2));
    OrphanSweep strict = sweep(10);
    assertThat(strict.sweep(ALICE, "memory", site.memory)).isZero();
    assertThat(strict.refusals())
        .containsExactly(
            "21 of 121 old blobs of alice in 'memory' are not in the database: none is deleted");
    assertThat(site.memory.stat(oneMore.key())).isPresent();
    assertThat(sweep(20).sweep(ALICE, "memory", site.memory)).isEqualTo(21);
  }

  @Test
  public void shouldExportAndEraseWhatItHoldsOfAPerson() throws IOException {
    VaultHolder holder = new VaultHolder(site.rows, site.vault, site.accesses, site.quotas);
    Blob first = site.recorded(ALICE, WAV);
    Blob bobs = site.recorded(BOB, MadeAudio.wav(10));
    Blob others =
        site.vault.receiveAudio(ALICE, OTHER, new ByteArrayInputStream(MadeAudio.wav(10)));
    site.vault.record(ALICE, others);
    AccountId account = new AccountId(OWNER);
    assertThat(holder.holds()).hasSize(2);
    List<Map<String, Object>> exported = holder.export(ALICE, account).get("blob");
    assertThat(exported).hasSize(1);
    assertThat(exported.get(0))
        .containsEntry("id", first.key().id())
        .containsEntry("sizeBytes", first.length())
        .containsEntry("sha256", first.sha256());
    site.database.tx().run(ALICE, () -> holder.erase(ALICE, account));
    holder.erase(ALICE, account);
    assertThat(holder.export(ALICE, account).get("blob")).isEmpty();
    assertThat(site.jobs.queue).hasSize(1);
    assertThat(site.vault.find(ALICE, others.key())).isPresent();
    assertThat(site.vault.find(BOB, bobs.key())).isPresent();
  }
}
