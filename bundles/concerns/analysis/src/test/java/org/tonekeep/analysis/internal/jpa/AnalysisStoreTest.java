package org.tonekeep.analysis.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.analysis.internal.Analysis;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;

@RunWith(Parameterized.class)
public final class AnalysisStoreTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");

  private final TestDatabase.Engine engine;
  private TestDatabase database;
  private AnalysisStore store;

  public AnalysisStoreTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static TestDatabase.Engine[] engines() {
    return TestDatabase.Engine.values();
  }

  @Before
  public void open() {
    database = TestDatabase.open(engine, "analysis");
    store = new AnalysisStore(database.unit("analysis"));
  }

  @After
  public void close() {
    database.close();
  }

  private static String id(int number) {
    return String.format("00000000-0000-7000-8000-%012d", number);
  }

  private static Analysis analysis(TenantId tenant, int track, int owner, int peaks) {
    return new Analysis(
        new TrackId(id(track)),
        new AccountId(id(owner)),
        12.5,
        44_100,
        2,
        track % 2 == 0,
        new Analysis.Loudness(-14.1, null, -0.3, -0.5),
        "measure",
        "1",
        new BlobKey(tenant, id(owner), "peaks", id(peaks)),
        Instant.ofEpochMilli(1_700_000_000_123L));
  }

  @Test
  public void shouldKeepEveryFieldPerTenant() {
    Analysis written = analysis(ALICE, 1, 7, 100);
    assertThat(store.put(ALICE, written)).isEmpty();
    assertThat(store.find(ALICE, new TrackId(id(1)))).contains(written);
    assertThat(store.find(BOB, new TrackId(id(1)))).isEmpty();
  }

  @Test
  public void shouldForgetOneTenantsLoudnessAndTellItFromSilence() {
    Analysis measured = analysis(ALICE, 1, 7, 100);
    store.put(ALICE, measured);
    store.put(BOB, analysis(BOB, 1, 7, 100));
    Analysis silent =
        new Analysis(
            new TrackId(id(2)),
            new AccountId(id(7)),
            1,
            8_000,
            1,
            false,
            new Analysis.Loudness(null, null, null, null),
            "measure",
            "1",
            new BlobKey(ALICE, id(7), "peaks", id(101)),
            measured.analysedAt());
    store.put(ALICE, silent);
    assertThat(store.find(ALICE, silent.track())).contains(silent);
    assertThat(store.forgetLoudness(ALICE)).isEqualTo(2);
    assertThat(store.forgetLoudness(ALICE)).isZero();
    assertThat(store.find(ALICE, silent.track()).orElseThrow().loudness()).isNull();
    assertThat(store.find(ALICE, measured.track()).orElseThrow().loudness()).isNull();
    assertThat(store.find(BOB, measured.track()).orElseThrow().loudness()).isNotNull();
    assertThat(store.tracks(ALICE, "", 5)).containsExactly(measured.track(), silent.track());
    assertThat(store.tracks(ALICE, measured.track().value(), 5)).containsExactly(silent.track());
    assertThat(store.tracks(BOB, "", 5)).hasSize(1);
  }

  @Test
  public void shouldReplaceAndNameTheOldWaveform() {
    Analysis old = analysis(ALICE, 1, 7, 100);
    store.put(ALICE, old);
    store.put(BOB, analysis(BOB, 1, 7, 300));
    Analysis fresh = analysis(ALICE, 1, 7, 101);
    assertThat(store.put(ALICE, fresh)).contains(old.peaks());
    assertThat(store.put(ALICE, fresh)).as("the same again").isEmpty();
    assertThat(store.find(ALICE, fresh.track())).contains(fresh);
    assertThat(store.find(BOB, fresh.track()).orElseThrow().peaks().id()).isEqualTo(id(300));
  }

  @Test
  public void shouldDeleteOneTenantsRowOnly() {
    Analysis mine = analysis(ALICE, 1, 7, 100);
    store.put(ALICE, mine);
    store.put(BOB, analysis(BOB, 1, 7, 300));
    assertThat(store.delete(ALICE, mine.track())).contains(mine.peaks());
    assertThat(store.delete(ALICE, mine.track())).isEmpty();
    assertThat(store.find(BOB, mine.track())).isPresent();
  }

  @Test
  public void shouldGiveAllOfAnOwnerPageByPage() {
    for (int i = 0; i < 205; i++) {
      store.put(ALICE, analysis(ALICE, i, 7, 1_000 + i));
    }
    store.put(ALICE, analysis(ALICE, 900, 8, 2_000));
    store.put(BOB, analysis(BOB, 901, 7, 2_001));
    List<Analysis> all = new ArrayList<>();
    store.forEachOf(ALICE, new AccountId(id(7)), all::add);
    assertThat(all).hasSize(205).doesNotHaveDuplicates();
  }
}
