package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.Test;
import org.tonekeep.audio.api.PcmFormat;

/** A float file may hold any value: what it leads to must be storable. */
public class OverflowTest {
  @Test
  public void shouldYieldOnlyFiniteFiguresForSamplesNearTheEndOfFloat() {
    float[] loud = new float[48_000 * 2];
    Arrays.fill(loud, 3e38f);
    PcmFormat format = new PcmFormat(48_000, 2);
    LoudnessMeter loudness = new LoudnessMeter(format);
    TruePeakMeter peaks = new TruePeakMeter(format);

    loudness.add(loud, 48_000);
    peaks.add(loud, 48_000);
    peaks.end();
    Analysis.Loudness figures =
        new Analysis.Loudness(
            loudness.integrated(), loudness.range(), peaks.truePeak(), peaks.samplePeak());

    assertThat(
            new Double[] {
              figures.integratedLufs(),
              figures.rangeLu(),
              figures.truePeakDbtp(),
              figures.samplePeakDbfs()
            })
        .allMatch(value -> value == null || Double.isFinite(value));
  }

  @Test
  public void shouldForgetFiguresThatAreNotNumbers() {
    Analysis.Loudness figures =
        new Analysis.Loudness(Double.POSITIVE_INFINITY, Double.NaN, Double.NEGATIVE_INFINITY, -1.0);

    assertThat(figures).isEqualTo(new Analysis.Loudness(null, null, null, -1.0));
  }
}
