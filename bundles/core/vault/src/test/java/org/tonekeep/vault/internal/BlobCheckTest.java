package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.io.IOException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.memory.internal.MemoryBlobStore;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.vault.internal.BlobCheck.Fault;
import org.tonekeep.vault.internal.BlobCheck.Finding;
import org.tonekeep.vault.internal.BlobCheck.Report;

@RunWith(Parameterized.class)
public final class BlobCheckTest {
  private static final byte[] WAV = MadeAudio.wav(40_000);

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  private final TestDatabase.Engine engine;
  private TestVault site;
  private FlakyStore store;
  private BlobCheck check;

  public BlobCheckTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    site = new TestVault(engine);
    store = new FlakyStore(site.memory);
    site.add("memory", store);
    check = new BlobCheck(site.stores, site.rows, site.audit, site.clock);
  }

  @After
  public void close() {
    site.close();
  }

  @Test
  public void shouldSayThatAllIsAsItWasStored() throws IOException {
    for (int i = 0; i < 5; i++) {
      boolean unused = site.recorded(ALICE, WAV).mediaType().isEmpty();
    }
    Report report = check.check(ALICE, 100, blobs -> {});
    assertThat(report).isEqualTo(new Report(5, 5, java.util.List.of()));
    assertThat(report.sound()).isTrue();
    assertThat(site.audit.kept().get(0).entry().facts())
        .containsEntry("blobs", "5")
        .containsEntry("damaged", "0");
  }

  @Test
  public void shouldNameMissingDamagedUnreachableAndUnknownBlobsOfTheTenantOnly()
      throws IOException {
    Blob missing = site.recorded(ALICE, WAV);
    Blob damaged = site.recorded(ALICE, WAV);
    Blob good = site.recorded(ALICE, WAV);
    Blob orphan = site.receive(ALICE, WAV);
    Blob bobs = site.receive(BOB, MadeAudio.wav(10));
    MemoryBlobStore other = new MemoryBlobStore(site.clock, 1 << 20);
    site.add("other", other);
    site.sites.set(ALICE, false, java.util.Map.of("storage.adapter", "other"));
    Blob away = site.recorded(ALICE, WAV);
    site.remove("other", other);
    assertThat(site.memory.delete(missing.key())).isTrue();
    store.spoiled = damaged.key();
    Report report = check.check(ALICE, 100, blobs -> {});
    assertThat(report.findings())
        .extracting(Finding::fault, finding -> finding.key().id())
        .containsExactlyInAnyOrder(
            tuple(Fault.MISSING, missing.key().id()),
            tuple(Fault.DAMAGED, damaged.key().id()),
            tuple(Fault.UNREACHABLE, away.key().id()),
            tuple(Fault.ORPHAN, orphan.key().id()))
        .doesNotContain(tuple(Fault.ORPHAN, bobs.key().id()));
    assertThat(report.sound()).isFalse();
    assertThat(report.blobs()).isEqualTo(4);
    assertThat(site.audit.kept().get(0).entry().success()).isFalse();
    assertThat(site.memory.stat(good.key())).as("nothing is changed").isPresent();
    assertThat(site.memory.stat(orphan.key())).isPresent();
  }

  @Test
  public void shouldReadASampleAndLookAtTheRest() throws IOException {
    for (int i = 0; i < 300; i++) {
      boolean unused = site.recorded(ALICE, MadeAudio.wav(10)).mediaType().isEmpty();
    }
    Blob missing = site.recorded(ALICE, MadeAudio.wav(10));
    assertThat(site.memory.delete(missing.key())).isTrue();
    Report report = check.check(ALICE, 10, blobs -> {});
    assertThat(report.hashed()).isBetween(1L, 120L);
    assertThat(report.count(Fault.MISSING)).isEqualTo(1);
    assertThatThrownBy(() -> check.check(ALICE, 0, blobs -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void shouldNotComplainOfWhatIsDiscardedWhileItIsRead() throws IOException {
    Blob blob = site.recorded(ALICE, WAV);
    site.sites.set(BOB, false, java.util.Map.of());
    Report report =
        check.check(
            ALICE,
            100,
            blobs -> {
              site.vault.discard(ALICE, blob.key());
              store.spoiled = blob.key();
            });
    assertThat(report.sound()).isTrue();
  }
}
