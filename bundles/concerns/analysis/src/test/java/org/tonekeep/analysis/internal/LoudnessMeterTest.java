package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tonekeep.analysis.internal.Tones.part;

import java.util.Random;
import org.junit.Test;
import org.tonekeep.analysis.internal.Tones.Part;
import org.tonekeep.audio.api.PcmFormat;

/** EBU Tech 3341 (2016) cases 1 to 6 and EBU Tech 3342 (2016) cases 1 to 4, made in code. */
public final class LoudnessMeterTest {
  private static final PcmFormat STEREO = new PcmFormat(48_000, 2);

  /** What Tech 3341 allows. */
  private static final double TENTH = 0.1;

  private static LoudnessMeter measured(PcmFormat format, float[] samples) {
    LoudnessMeter meter = new LoudnessMeter(format);
    Tones.feed(samples, format.channels(), meter::add);
    return meter;
  }

  private static double integrated(PcmFormat format, Part... parts) {
    return measured(format, Tones.sine(format, parts)).integrated();
  }

  private static double range(Part... parts) {
    return measured(STEREO, Tones.sine(STEREO, parts)).range();
  }

  @Test
  public void shouldMeetCases1And2PlainLevels() {
    assertThat(integrated(STEREO, part(-23, 20))).isCloseTo(-23.0, within(TENTH));
    assertThat(integrated(STEREO, part(-33, 20))).isCloseTo(-33.0, within(TENTH));
  }

  @Test
  public void shouldMeetCase3TheRelativeGate() {
    assertThat(integrated(STEREO, part(-36, 10), part(-23, 60), part(-36, 10)))
        .isCloseTo(-23.0, within(TENTH));
  }

  @Test
  public void shouldMeetCase4TheAbsoluteGate() {
    assertThat(
            integrated(
                STEREO, part(-72, 10), part(-36, 10), part(-23, 60), part(-36, 10), part(-72, 10)))
        .isCloseTo(-23.0, within(TENTH));
  }

  @Test
  public void shouldMeetCase5NoGateInTheMiddle() {
    assertThat(integrated(STEREO, part(-26, 20), part(-20, 20.1), part(-26, 20)))
        .isCloseTo(-23.0, within(TENTH));
  }

  @Test
  public void shouldMeetCase6SurroundWeights() {
    assertThat(surround(new PcmFormat(48_000, 5, 0x37))).isCloseTo(-23.0, within(TENTH));
    assertThat(surround(new PcmFormat(48_000, 5, 0x607))).isCloseTo(-23.0, within(TENTH));
    assertThat(surround(new PcmFormat(48_000, 5))).isCloseTo(-23.0, within(TENTH));
  }

  private static double surround(PcmFormat format) {
    double[] dbfs = {-28, -28, -24, -30, -30};
    float[] samples = Tones.sine(format, part(0, 20));
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= (float) Math.pow(10, dbfs[i % 5] / 20);
    }
    return measured(format, samples).integrated();
  }

  @Test
  public void shouldIgnoreTheLowFrequencyChannel() {
    PcmFormat format = new PcmFormat(48_000, 6);
    float[] samples = Tones.sine(format, part(-23, 20));
    for (int i = 0; i < samples.length; i++) {
      int channel = i % 6;
      samples[i] = channel < 2 ? samples[i] : channel == 3 ? samples[i] * 10 : 0;
    }
    assertThat(measured(format, samples).integrated()).isCloseTo(-23.0, within(TENTH));
  }

  @Test
  public void shouldMeasureTheSameAtEverySampleRate() {
    for (int rate : new int[] {8_000, 11_025, 22_050, 44_100, 96_000, 192_000}) {
      assertThat(integrated(new PcmFormat(rate, 2), part(-23, 5)))
          .as("%s Hz", rate)
          .isCloseTo(-23.0, within(TENTH));
    }
  }

  @Test
  public void shouldCountOneChannelOnce() {
    assertThat(integrated(new PcmFormat(48_000, 1), part(-23, 5))).isCloseTo(-26.01, within(TENTH));
  }

  @Test
  public void shouldMeetTheRangesOfTech3342() {
    assertThat(range(part(-20, 20), part(-30, 20))).isCloseTo(10.0, within(1.0));
    assertThat(range(part(-20, 20), part(-15, 20))).isCloseTo(5.0, within(1.0));
    assertThat(range(part(-40, 20), part(-20, 20))).isCloseTo(20.0, within(1.0));
    assertThat(range(part(-50, 20), part(-35, 20), part(-20, 20), part(-35, 20), part(-50, 20)))
        .isCloseTo(15.0, within(1.0));
  }

  @Test
  public void shouldHaveNoFigureForSilenceAndForABlink() {
    LoudnessMeter silent = measured(STEREO, new float[48_000 * 2 * 5]);
    assertThat(silent.integrated()).isNull();
    assertThat(silent.range()).isNull();
    LoudnessMeter blink = measured(STEREO, Tones.sine(STEREO, part(-10, 0.3)));
    assertThat(blink.integrated()).isNull();
    assertThat(blink.range()).isNull();
    assertThat(new LoudnessMeter(STEREO).integrated()).isNull();
  }

  @Test
  public void shouldNotDependOnHowTheSamplesArrive() {
    Random random = new Random(1);
    float[] noise = new float[44_100 * 2 * 4];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (random.nextGaussian() * 0.1);
    }
    PcmFormat format = new PcmFormat(44_100, 2);
    LoudnessMeter whole = new LoudnessMeter(format);
    whole.add(noise, noise.length / 2);
    assertThat(measured(format, noise).integrated()).isCloseTo(whole.integrated(), within(1e-9));
  }
}
