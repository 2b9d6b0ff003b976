package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.Test;
import org.tonekeep.audio.api.PcmFormat;

/** EBU Tech 3341 (2016) cases 15 to 19, made in code: tolerance +0.2 / -0.4 dB. */
public final class TruePeakMeterTest {
  private static double truePeak(int rate, double divisor, double amplitude, double degrees) {
    int frames = 48_000 * 3;
    float[] samples = new float[frames];
    for (int i = 0; i < frames; i++) {
      // Fades, as the standard's own files have them: an edge would ring.
      double fade = Math.min(1, Math.min(i / 2400.0, (frames - 1 - i) / 2400.0));
      double phase = 2 * Math.PI * i / divisor + Math.toRadians(degrees);
      samples[i] = (float) (amplitude * fade * Math.sin(phase));
    }
    TruePeakMeter meter = new TruePeakMeter(new PcmFormat(rate, 1));
    Tones.feed(samples, 1, meter::add);
    meter.end();
    return meter.truePeak();
  }

  @Test
  public void shouldMeetCases15To19() {
    assertThat(truePeak(48_000, 4, 0.5, 0)).isBetween(-6.4, -5.8);
    assertThat(truePeak(48_000, 4, 0.5, 45)).isBetween(-6.4, -5.8);
    assertThat(truePeak(48_000, 6, 0.5, 60)).isBetween(-6.4, -5.8);
    assertThat(truePeak(48_000, 8, 0.5, 67.5)).isBetween(-6.4, -5.8);
    assertThat(truePeak(48_000, 4, 1.41, 45)).isBetween(2.6, 3.2);
  }

  @Test
  public void shouldFindPeaksBetweenSamplesAtHigherRates() {
    assertThat(truePeak(96_000, 4, 0.5, 45)).isBetween(-6.4, -5.8);
    assertThat(truePeak(44_100, 3, 0.5, 30)).isBetween(-6.4, -5.8);
  }

  @Test
  public void shouldTellTheSamplePeakApart() {
    float[] samples = new float[9_600];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(Math.PI / 2 * i + Math.PI / 4));
    }
    TruePeakMeter meter = new TruePeakMeter(new PcmFormat(48_000, 2));
    Tones.feed(samples, 2, meter::add);
    meter.end();
    assertThat(meter.samplePeak()).isCloseTo(-9.03, within(0.01));
  }

  @Test
  public void shouldCatchTheLastSampleAndEveryChannel() {
    for (int channel = 0; channel < 3; channel++) {
      float[] samples = new float[3 * 1_000];
      samples[999 * 3 + channel] = -0.25f;
      TruePeakMeter meter = new TruePeakMeter(new PcmFormat(44_100, 3));
      Tones.feed(samples, 3, meter::add);
      meter.end();
      assertThat(meter.samplePeak()).isCloseTo(-12.04, within(0.01));
      assertThat(meter.truePeak()).isGreaterThanOrEqualTo(meter.samplePeak());
    }
  }

  @Test
  public void shouldHaveNoPeakForSilence() {
    TruePeakMeter meter = new TruePeakMeter(new PcmFormat(44_100, 2));
    meter.add(new float[20_000], 10_000);
    meter.end();
    assertThat(meter.truePeak()).isNull();
    assertThat(meter.samplePeak()).isNull();
  }
}
