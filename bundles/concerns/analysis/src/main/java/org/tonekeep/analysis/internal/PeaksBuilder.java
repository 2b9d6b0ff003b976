package org.tonekeep.analysis.internal;

import java.util.Arrays;

/**
 * Gathers the lowest and highest sample of every 256, as audiowaveform does: samples become 16-bit
 * whole numbers (rounded down, as its reader does), channels are summed and divided toward zero.
 *
 * <p>Memory is bounded: past {@value #MOST_PIXELS} pixels (100 minutes at 44.1 kHz) neighbours are
 * joined and a pixel holds twice the samples from there on.
 */
final class PeaksBuilder {
  static final int ZOOM = 256;
  private static final int MOST_PIXELS = 1 << 20;

  private final int sampleRate;
  private final int inputs;
  private final int outputs;
  private int zoom = ZOOM;
  private short[] values = new short[1 << 12];
  private int size;
  private int inPixel;
  private final int[] lowest;
  private final int[] highest;

  /**
   * @param inputs channels of the samples
   * @param split whether each channel gets its own waveform; else they are mixed
   */
  PeaksBuilder(int sampleRate, int inputs, boolean split) {
    this.sampleRate = sampleRate;
    this.inputs = inputs;
    this.outputs = split ? inputs : 1;
    this.lowest = new int[outputs];
    this.highest = new int[outputs];
    reset();
  }

  void add(float[] samples, int frames) {
    int at = 0;
    while (at < frames) {
      int part = Math.min(frames - at, zoom - inPixel);
      if (outputs == 1) {
        mixed(samples, at, at + part);
      } else {
        for (int c = 0; c < outputs; c++) {
          single(samples, at, at + part, c);
        }
      }
      at += part;
      inPixel += part;
      if (inPixel == zoom) {
        endPixel();
      }
    }
  }

  private void mixed(float[] samples, int from, int to) {
    int low = lowest[0];
    int high = highest[0];
    for (int i = from; i < to; i++) {
      int sum = 0;
      for (int s = i * inputs; s < (i + 1) * inputs; s++) {
        sum += whole(samples[s]);
      }
      int value = sum / inputs;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    lowest[0] = low;
    highest[0] = high;
  }

  private void single(float[] samples, int from, int to, int channel) {
    int low = lowest[channel];
    int high = highest[channel];
    for (int i = from; i < to; i++) {
      int value = whole(samples[i * inputs + channel]);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    lowest[channel] = low;
    highest[channel] = high;
  }

  /** A 16-bit sample, rounded down and clipped. */
  private static int whole(float sample) {
    float scaled = sample * 32768f;
    int value = (int) scaled;
    if (scaled < value) {
      value--;
    }
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }

  private void endPixel() {
    if (size / (2 * outputs) == MOST_PIXELS) {
      Peaks half = new Peaks(sampleRate, zoom, outputs, values).atMost(MOST_PIXELS / 2);
      System.arraycopy(half.values(), 0, values, 0, half.values().length);
      size = half.values().length;
      zoom *= 2;
      return; // the running pixel is at most half of a new one
    }
    if (size + 2 * outputs > values.length) {
      values = Arrays.copyOf(values, Math.min(values.length * 2, MOST_PIXELS * 2 * outputs));
    }
    for (int c = 0; c < outputs; c++) {
      values[size++] = (short) lowest[c];
      values[size++] = (short) highest[c];
    }
    reset();
  }

  private void reset() {
    inPixel = 0;
    Arrays.fill(lowest, Short.MAX_VALUE);
    Arrays.fill(highest, Short.MIN_VALUE);
  }

  /**
   * The waveform; call it once, at the end.
   *
   * @param mostPixels joins neighbours until there are no more; 0 for no bound
   */
  Peaks build(int mostPixels) {
    if (inPixel > 0) {
      endPixel();
      if (inPixel > 0) {
        endPixel();
      }
    }
    Peaks peaks = new Peaks(sampleRate, zoom, outputs, Arrays.copyOf(values, size));
    return mostPixels == 0 ? peaks : peaks.atMost(mostPixels);
  }
}
