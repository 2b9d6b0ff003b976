package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.analysis.internal.Workbench.ALICE;
import static org.tonekeep.analysis.internal.Workbench.BOB;
import static org.tonekeep.analysis.internal.Workbench.TRACK;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.storage.api.BlobKey;

public final class AnalysisSweepTest {
  private static final TrackId ID = new TrackId(TRACK);
  private Workbench bench;
  private @Nullable AnalysisSweep sweep;

  @Before
  public void analyse() throws Exception {
    bench = new Workbench();
    bench.track(ALICE);
    bench.track(BOB);
    bench.job().run(bench.context(ALICE));
    bench.job().run(bench.context(BOB));
  }

  @After
  public void close() {
    if (sweep != null) {
      sweep.stop();
    }
    bench.close();
  }

  private AnalysisSweep start() {
    sweep = new AnalysisSweep(bench.tenants(), bench.shelf, bench.store, bench.data);
    return sweep;
  }

  @Test
  public void shouldForgetWhatIsKeptForTracksThatWerePurgedWhileItWasAway() {
    BlobKey peaks = bench.store.find(ALICE, ID).orElseThrow().peaks();
    bench.shelf.tracks.remove(ALICE + TRACK);
    start();
    await().until(() -> bench.store.find(ALICE, ID).isEmpty());
    await().until(() -> bench.vault.discarded.contains(peaks));
    start().stop();
    assertThat(bench.store.find(BOB, ID)).as("the other tenant's track is there").isPresent();
    assertThat(bench.vault.discarded).containsExactly(peaks);
  }

  @Test
  public void shouldGoThroughAllPages() throws Exception {
    Analysis one = bench.store.find(ALICE, ID).orElseThrow();
    for (int i = 0; i < 405; i++) {
      TrackId track = new TrackId(String.format("00000000-0000-7000-8000-%012d", i));
      bench.store.put(
          ALICE,
          new Analysis(
              track,
              one.owner(),
              1,
              44_100,
              2,
              false,
              null,
              "a",
              "1",
              new BlobKey(ALICE, one.owner().value(), "peaks", track.value()),
              Workbench.NOW));
    }
    start();
    await().until(() -> bench.store.tracks(ALICE, "", 500).equals(java.util.List.of(ID)));
  }

  @Test
  public void shouldForgetTheLoudnessWhereItIsNotMeasuredAnyMore() {
    start().stop();
    assertThat(bench.store.find(ALICE, ID).orElseThrow().loudness()).isNotNull();
    bench.settings = Map.of("analysis.loudness", "false");
    start();
    await().until(() -> bench.store.find(ALICE, ID).orElseThrow().loudness() == null);
    await().until(() -> bench.store.find(BOB, ID).orElseThrow().loudness() == null);
  }

  @Test
  public void shouldStopBetweenTwoTracks() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    bench.shelf.asked =
        () -> {
          inside.countDown();
          try {
            assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
          }
        };
    bench.shelf.tracks.clear();
    AnalysisSweep stopping = start();
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    Thread stopper = new Thread(stopping::stop);
    stopper.start();
    await().until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    stopper.join(10_000);
    assertThat(stopper.isAlive()).isFalse();
    assertThat(bench.store.find(ALICE, ID)).as("it was at it").isEmpty();
    assertThat(bench.store.find(BOB, ID)).as("nothing new is begun").isPresent();
  }
}
