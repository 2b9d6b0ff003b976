package org.tonekeep.analysis.internal;

import org.jspecify.annotations.Nullable;
import org.tonekeep.audio.api.PcmFormat;

/**
 * Sample peak and true peak (ITU-R BS.1770-4, Annex 2): the highest value of the signal as a
 * converter would draw it, found by oversampling to at least 192 kHz.
 *
 * <p>Four times (below 96 kHz) or twice (below 192 kHz) with a polyphase filter of {@value #TAPS}
 * taps per phase, a sinc under a Kaiser window (J. F. Kaiser, 1974). A stretch that cannot hold a
 * new peak, because its largest sample times the filter's gain bound stays below the known one, is
 * not interpolated: the result is the same, most of the work is saved.
 */
final class TruePeakMeter {
  private static final int TAPS = 24;
  private static final double KAISER_BETA = 6.5;
  private static final int BLOCK = 128;

  private final int channels;
  private final float[][] phases;
  private final float bound;
  private final float[][] buffers;
  private final float[] interpolated = new float[BLOCK];
  private int filled = TAPS - 1;
  private float samplePeak;
  private float truePeak;

  TruePeakMeter(PcmFormat format) {
    this.channels = format.channels();
    int factor = format.sampleRate() < 96_000 ? 4 : format.sampleRate() < 192_000 ? 2 : 1;
    this.phases = new float[factor - 1][];
    double largest = 1;
    for (int p = 1; p < factor; p++) {
      phases[p - 1] = phase((double) p / factor);
      double gain = 0;
      for (float tap : phases[p - 1]) {
        gain += Math.abs(tap);
      }
      largest = Math.max(largest, gain);
    }
    this.bound = (float) (largest * 1.0001);
    this.buffers = new float[channels][TAPS - 1 + BLOCK];
  }

  void add(float[] samples, int frames) {
    int at = 0;
    while (at < frames) {
      int part = Math.min(frames - at, TAPS - 1 + BLOCK - filled);
      for (int c = 0; c < channels; c++) {
        float[] buffer = buffers[c];
        for (int i = 0, s = at * channels + c; i < part; i++, s += channels) {
          buffer[filled + i] = samples[s];
        }
      }
      at += part;
      filled += part;
      if (filled == TAPS - 1 + BLOCK) {
        measure();
      }
    }
  }

  private void measure() {
    for (float[] buffer : buffers) {
      float highest = 0;
      for (int i = 0; i < filled; i++) {
        highest = Math.max(highest, Math.abs(buffer[i]));
      }
      samplePeak = Math.max(samplePeak, highest);
      truePeak = Math.max(truePeak, highest);
      if (highest * bound > truePeak) {
        for (float[] phase : phases) {
          truePeak = Math.max(truePeak, highestBetween(buffer, phase));
        }
      }
      System.arraycopy(buffer, BLOCK, buffer, 0, TAPS - 1);
    }
    filled = TAPS - 1;
  }

  /** Tap by tap over the whole block, which the compiler turns into vector instructions. */
  private float highestBetween(float[] buffer, float[] phase) {
    float[] sum = interpolated;
    java.util.Arrays.fill(sum, 0);
    for (int t = 0; t < TAPS; t++) {
      float tap = phase[t];
      for (int i = 0; i < BLOCK; i++) {
        sum[i] += tap * buffer[i + t];
      }
    }
    float highest = 0;
    for (int i = 0; i < BLOCK; i++) {
      highest = Math.max(highest, Math.abs(sum[i]));
    }
    return highest;
  }

  /** Lets the last samples swing out. */
  void end() {
    add(new float[(TAPS + BLOCK) * channels], TAPS + BLOCK);
  }

  /** dBTP; null for digital silence. */
  @Nullable Double truePeak() {
    return decibels(truePeak);
  }

  /** dBFS; null for digital silence. */
  @Nullable Double samplePeak() {
    return decibels(samplePeak);
  }

  private static @Nullable Double decibels(float value) {
    return value == 0 ? null : 20 * Math.log10(value);
  }

  /** The taps that interpolate a value at a fraction of the way between the two middle samples. */
  private static float[] phase(double fraction) {
    double[] taps = new double[TAPS];
    double sum = 0;
    for (int t = 0; t < TAPS; t++) {
      double distance = t - (TAPS / 2 - 1) - fraction;
      double window = bessel(KAISER_BETA * Math.sqrt(1 - square(distance / (TAPS / 2))));
      taps[t] = Math.sin(Math.PI * distance) / (Math.PI * distance) * window;
      sum += taps[t];
    }
    float[] scaled = new float[TAPS];
    for (int t = 0; t < TAPS; t++) {
      scaled[t] = (float) (taps[t] / sum);
    }
    return scaled;
  }

  private static double square(double x) {
    return x * x;
  }

  /** Modified Bessel function of the first kind, order 0, by its series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k < 40; k++) {
      term *= square(x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
