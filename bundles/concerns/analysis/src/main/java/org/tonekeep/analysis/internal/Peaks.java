package org.tonekeep.analysis.internal;

/**
 * A waveform as audiowaveform draws it: the lowest and the highest sample of each stretch.
 *
 * @param samplesPerPixel sample frames in a stretch; the last one may hold fewer
 * @param channels 1 (mixed) or more
 * @param values 16-bit, pixel by pixel, in each channel by channel lowest and highest
 */
@SuppressWarnings("ArrayRecordComponent") // internal, megabytes large, never compared
public record Peaks(int sampleRate, int samplesPerPixel, int channels, short[] values) {
  /** Pixels. */
  public int length() {
    return values.length / (2 * channels);
  }

  /** The same waveform in at most so many pixels, by joining neighbours. */
  public Peaks atMost(int pixels) {
    int factor = (length() + pixels - 1) / pixels;
    if (factor <= 1) {
      return this;
    }
    int joined = (length() + factor - 1) / factor;
    int width = 2 * channels;
    short[] out = new short[joined * width];
    for (int p = 0; p < joined; p++) {
      int last = Math.min(length(), (p + 1) * factor);
      for (int c = 0; c < width; c += 2) {
        short lowest = Short.MAX_VALUE;
        short highest = Short.MIN_VALUE;
        for (int i = p * factor; i < last; i++) {
          lowest = (short) Math.min(lowest, values[i * width + c]);
          highest = (short) Math.max(highest, values[i * width + c + 1]);
        }
        out[p * width + c] = lowest;
        out[p * width + c + 1] = highest;
      }
    }
    return new Peaks(sampleRate, samplesPerPixel * factor, channels, out);
  }
}
