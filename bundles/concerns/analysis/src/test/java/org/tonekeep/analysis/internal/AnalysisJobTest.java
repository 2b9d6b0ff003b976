package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tonekeep.analysis.internal.Workbench.ALICE;
import static org.tonekeep.analysis.internal.Workbench.BOB;
import static org.tonekeep.analysis.internal.Workbench.OWNER;
import static org.tonekeep.analysis.internal.Workbench.TRACK;

import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.audio.api.UndecodableAudioException;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.jobs.api.JobFailedException;
import org.tonekeep.storage.api.BlobKey;

public final class AnalysisJobTest {
  private static final TrackId ID = new TrackId(TRACK);
  private Workbench bench;

  @Before
  public void open() {
    bench = new Workbench();
  }

  @After
  public void close() {
    bench.close();
  }

  private Analysis analysed() {
    return bench.store.find(ALICE, ID).orElseThrow();
  }

  @Test
  public void shouldWriteFiguresPeaksAndStateWithTheEndOfTheJob() throws Exception {
    bench.track(ALICE);
    bench.truncated = true;

    bench.job().run(bench.context(ALICE));

    Analysis analysis = analysed();
    assertThat(analysis.durationSeconds()).isEqualTo(5.0);
    assertThat(analysis.loudness().integratedLufs()).isCloseTo(-20.0, within(0.1));
    assertThat(analysis.loudness().truePeakDbtp()).isCloseTo(-20.0, within(0.1));
    assertThat(analysis.truncated()).isTrue();
    assertThat(analysis.analysedAt()).isEqualTo(Workbench.NOW);
    assertThat(bench.shelf.events).containsExactly("analysing", "measured 5.0 44100 2", "ready");
    assertThat(bench.progress).contains("decoding 220500/220500", "storing 220500/220500");
    Peaks mixed = bench.tracks.peaks(ALICE, analysis, false);
    assertThat(mixed.channels()).isEqualTo(1);
    assertThat(mixed.length()).isEqualTo(862);
    assertThat(bench.tracks.peaks(ALICE, analysis, true).channels()).isEqualTo(2);
    assertThat(bench.store.find(BOB, ID)).isEmpty();
  }

  @Test
  public void shouldReplaceAnOlderAnalysisAndItsWaveform() throws Exception {
    bench.track(ALICE);
    bench.job().run(bench.context(ALICE));
    BlobKey first = analysed().peaks();
    bench.job().run(bench.context(ALICE));
    assertThat(analysed().peaks()).isNotEqualTo(first);
    assertThat(bench.vault.discarded).containsExactly(first);
    assertThat(bench.vault.bytes).hasSize(2);
  }

  @Test
  public void shouldCapTheWaveformWhereTheTenantSaysSo() throws Exception {
    bench.settings = Map.of("peaks.maxPixels", "100");
    bench.track(ALICE);
    bench.job().run(bench.context(ALICE));
    Peaks peaks = bench.tracks.peaks(ALICE, analysed(), false);
    assertThat(peaks.length()).isLessThanOrEqualTo(100).isGreaterThan(50);
    assertThat(peaks.samplesPerPixel() * 100).isGreaterThanOrEqualTo(220_500);
    Peaks split = bench.tracks.peaks(ALICE, analysed(), true);
    assertThat(split.channels()).as("one waveform is all there is").isEqualTo(1);
    assertThat(bench.vault.bytes.get(analysed().peaks()).length)
        .as("header, then two 16-bit values a pixel")
        .isEqualTo(20 + 4 * peaks.length());
  }

  @Test
  public void shouldCutAWaveformThatIsOlderThanTheBound() throws Exception {
    bench.track(ALICE);
    bench.job().run(bench.context(ALICE));
    assertThat(bench.tracks.peaks(ALICE, analysed(), true).channels()).isEqualTo(2);
    bench.settings = Map.of("peaks.maxPixels", "100");
    Peaks cut = bench.tracks.peaks(ALICE, analysed(), true);
    assertThat(cut.channels()).isEqualTo(1);
    assertThat(cut.length()).isLessThanOrEqualTo(100);
  }

  @Test
  public void shouldMeasureNoLoudnessWhereTheTenantSaysSo() throws Exception {
    bench.settings = Map.of("analysis.loudness", "false");
    bench.track(ALICE);
    bench.job().run(bench.context(ALICE));
    assertThat(analysed().loudness()).isNull();
    assertThat(analysed().durationSeconds()).isEqualTo(5.0);
    assertThat(bench.tracks.peaks(ALICE, analysed(), false).length()).isEqualTo(862);
    assertThat(bench.data.export(ALICE, OWNER).get("analysis").get(0))
        .doesNotContainKeys("integratedLufs", "rangeLu", "truePeakDbtp", "samplePeakDbfs");
  }

  @Test
  public void shouldSayThatACancelledAnalysisWasCancelledUnlessAnOlderOneStands() throws Exception {
    bench.track(ALICE);
    bench.job().cancelled(bench.context(ALICE).job());
    assertThat(bench.shelf.events).containsExactly("failed The analysis was cancelled");
    bench.job().run(bench.context(ALICE));
    bench.shelf.events.clear();
    bench.job().cancelled(bench.context(ALICE).job());
    assertThat(bench.shelf.events).containsExactly("ready");
  }

  @Test
  public void shouldNotDoTwiceWhatASecondJobOfTheSameTrackHasDone() throws Exception {
    bench.track(ALICE);
    bench.job().run(bench.context(ALICE));
    BlobKey first = analysed().peaks();
    bench.shelf.state(ALICE, TRACK, TrackState.READY);
    bench.shelf.events.clear();
    bench.job().run(bench.context(ALICE));
    assertThat(bench.shelf.events).isEmpty();
    assertThat(analysed().peaks()).isEqualTo(first);
    bench.shelf.state(ALICE, TRACK, TrackState.FAILED);
    bench.job().run(bench.context(ALICE));
    assertThat(analysed().peaks()).isNotEqualTo(first);
  }

  @Test
  public void shouldFailForGoodWithTheDecodersReason() throws Exception {
    bench.track(ALICE);
    bench.audio =
        () -> {
          throw new UndecodableAudioException("The file is empty");
        };
    assertThatThrownBy(() -> bench.job().run(bench.context(ALICE)))
        .isInstanceOf(JobFailedException.class)
        .hasMessage("The file is empty");
    bench.job().failed(bench.context(ALICE).job(), "The file is empty");
    assertThat(bench.shelf.events).containsExactly("analysing", "failed The file is empty");
    assertThat(bench.store.find(ALICE, ID)).isEmpty();
  }

  @Test
  public void shouldLeaveNothingBehindWhenTheLeaseWasLost() throws Exception {
    bench.track(ALICE);
    assertThatThrownBy(
            () ->
                bench
                    .job()
                    .run(
                        bench.context(
                            ALICE,
                            work -> {
                              throw new CancellationException();
                            })))
        .isInstanceOf(CancellationException.class);
    assertThat(bench.vault.bytes).as("the upload alone").hasSize(1);
    assertThat(bench.store.find(ALICE, ID)).isEmpty();
  }

  @Test
  public void shouldWriteNothingForATrackThatWasDeletedMeanwhile() throws Exception {
    bench.track(ALICE);
    bench
        .job()
        .run(
            bench.context(
                ALICE,
                work -> {
                  bench.shelf.tracks.clear();
                  work.run();
                }));
    assertThat(bench.store.find(ALICE, ID)).isEmpty();
    assertThat(bench.vault.bytes).as("the upload alone").hasSize(1);
    bench.job().run(bench.context(ALICE));
    assertThat(bench.shelf.events).containsExactly("analysing");
  }

  @Test
  public void shouldGoWithTheTrackAndWithTheAccount() throws Exception {
    bench.track(ALICE);
    bench.track(BOB);
    bench.job().run(bench.context(ALICE));
    bench.job().run(bench.context(BOB));
    assertThat(bench.data.export(ALICE, OWNER).get("analysis"))
        .hasSize(1)
        .first()
        .satisfies(row -> assertThat(row).containsEntry("trackId", TRACK));
    bench.data.trackPurged(ALICE, ID);
    assertThat(bench.store.find(ALICE, ID)).isEmpty();
    assertThat(bench.store.find(BOB, ID)).as("the other tenant's").isPresent();
    bench.data.erase(BOB, Workbench.STRANGER);
    assertThat(bench.store.find(BOB, ID)).isPresent();
    bench.data.erase(BOB, OWNER);
    assertThat(bench.store.find(BOB, ID)).isEmpty();
    assertThat(bench.vault.discarded).hasSize(2);
    assertThat(bench.data.holds()).hasSize(1);
  }
}
