package org.tonekeep.analysis.internal;

import org.jspecify.annotations.Nullable;
import org.tonekeep.audio.api.PcmFormat;

/**
 * Integrated loudness after ITU-R BS.1770-4 / EBU R 128 and loudness range after EBU Tech 3342.
 *
 * <p>Keeps one power per 100 ms for either figure, so that the two-step gates are exact and not
 * taken from a histogram.
 */
final class LoudnessMeter {
  /** Steps of 100 ms in a gating block (400 ms, 75 % overlap) and in a short-term block (3 s). */
  private static final int BLOCK = 4;

  private static final int SHORT_TERM = 30;
  private static final double ABSOLUTE_GATE = power(-70);

  private final int sampleRate;
  private final double[] weights;
  private final KWeighting[] filters;
  private final Powers steps = new Powers();
  private final Powers blocks = new Powers();
  private final Powers shortTerm = new Powers();
  private double energy;
  private long frames;
  private long stepStart;
  private long stepEnd;

  LoudnessMeter(PcmFormat format) {
    this.sampleRate = format.sampleRate();
    this.weights = ChannelWeights.of(format);
    this.filters = new KWeighting[format.channels()];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = new KWeighting(sampleRate);
    }
    this.stepEnd = endOfStep(1);
  }

  void add(float[] samples, int count) {
    int channels = filters.length;
    int at = 0;
    while (at < count) {
      int part = (int) Math.min(count - at, stepEnd - frames);
      for (int c = 0; c < channels; c++) {
        if (weights[c] > 0) {
          energy += weights[c] * filters[c].energy(samples, at * channels + c, channels, part);
        }
      }
      at += part;
      frames += part;
      if (frames == stepEnd) {
        endStep();
      }
    }
  }

  private void endStep() {
    steps.add(energy / (stepEnd - stepStart));
    energy = 0;
    stepStart = stepEnd;
    stepEnd = endOfStep(steps.size() + 1);
    if (steps.size() >= BLOCK) {
      blocks.add(steps.meanOfLast(BLOCK));
    }
    if (steps.size() >= SHORT_TERM) {
      shortTerm.add(steps.meanOfLast(SHORT_TERM));
    }
  }

  /** Rates that 10 does not divide get steps whose ends do not drift. */
  private long endOfStep(long number) {
    return Math.max(stepStart + 1, Math.round(number * (double) sampleRate / 10));
  }

  /** Integrated loudness in LUFS; null when nothing is louder than -70 LUFS for 400 ms. */
  @Nullable Double integrated() {
    double ungated = blocks.meanAbove(ABSOLUTE_GATE);
    if (ungated <= 0) {
      return null;
    }
    double relative = ungated * Math.pow(10, -10 / 10.0);
    return loudness(blocks.meanAbove(Math.max(relative, ABSOLUTE_GATE)));
  }

  /** Loudness range in LU; null when the track is shorter than 3 s or silent. */
  @Nullable Double range() {
    double ungated = shortTerm.meanAbove(ABSOLUTE_GATE);
    if (ungated <= 0) {
      return null;
    }
    double relative = ungated * Math.pow(10, -20 / 10.0);
    double[] sorted = shortTerm.sortedAbove(Math.max(relative, ABSOLUTE_GATE));
    return loudness(percentile(sorted, 0.95)) - loudness(percentile(sorted, 0.10));
  }

  private static double percentile(double[] sorted, double part) {
    return sorted[(int) Math.round((sorted.length - 1) * part)];
  }

  private static double loudness(double power) {
    return -0.691 + 10 * Math.log10(power);
  }

  private static double power(double loudness) {
    return Math.pow(10, (loudness + 0.691) / 10);
  }
}
