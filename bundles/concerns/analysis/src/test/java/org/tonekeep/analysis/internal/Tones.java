package org.tonekeep.analysis.internal;

import org.tonekeep.audio.api.PcmFormat;

/** Test signals as EBU Tech 3341 and 3342 describe them. */
final class Tones {
  private Tones() {}

  /** A level for a time. */
  record Part(double dbfs, double seconds) {}

  static Part part(double dbfs, double seconds) {
    return new Part(dbfs, seconds);
  }

  /** A sine of 1 kHz through all parts, the same in each channel. */
  static float[] sine(PcmFormat format, Part... parts) {
    int total = 0;
    for (Part part : parts) {
      total += (int) Math.round(part.seconds() * format.sampleRate());
    }
    float[] samples = new float[total * format.channels()];
    int n = 0;
    for (Part part : parts) {
      double amplitude = Math.pow(10, part.dbfs() / 20);
      long end = n + Math.round(part.seconds() * format.sampleRate());
      for (; n < end; n++) {
        float value = (float) (amplitude * Math.sin(2 * Math.PI * 1000 * n / format.sampleRate()));
        for (int c = 0; c < format.channels(); c++) {
          samples[n * format.channels() + c] = value;
        }
      }
    }
    return samples;
  }

  /** Feeds blocks of uneven sizes, as a decoder does. */
  static void feed(float[] samples, int channels, Taker taker) {
    int[] sizes = {1, 4_096, 333, 17, 16_384};
    int frames = samples.length / channels;
    int at = 0;
    for (int i = 0; at < frames; i++) {
      int part = Math.min(sizes[i % sizes.length], frames - at);
      float[] block = new float[part * channels];
      System.arraycopy(samples, at * channels, block, 0, block.length);
      taker.take(block, part);
      at += part;
    }
  }

  /** An analyser's {@code add}. */
  interface Taker {
    void take(float[] samples, int frames);
  }
}
