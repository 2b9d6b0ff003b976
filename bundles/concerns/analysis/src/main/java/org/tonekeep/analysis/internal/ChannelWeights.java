package org.tonekeep.analysis.internal;

import java.util.Arrays;
import org.tonekeep.audio.api.PcmFormat;

/**
 * What each channel counts in the loudness sum (ITU-R BS.1770-4, Annex 1, table 3 and Annex 3,
 * table 4): loudspeakers at the side (60° to 120°) 1.41, low frequency 0, all others 1.
 */
final class ChannelWeights {
  private static final double SIDE = 1.41;
  private static final int LOW_FREQUENCY = 0x8;
  private static final int BACKS = 0x10 | 0x20;
  private static final int SIDES = 0x200 | 0x400;

  private ChannelWeights() {}

  static double[] of(PcmFormat format) {
    int channels = format.channels();
    int mask = format.speakers();
    if (Integer.bitCount(mask) != channels) {
      mask = usual(channels);
    }
    double[] weights = new double[channels];
    Arrays.fill(weights, 1);
    // With no loudspeakers at the sides, those called "back" are the surrounds of 5.1.
    int sides = (mask & SIDES) == 0 ? BACKS : SIDES;
    int channel = 0;
    for (int bits = mask; bits != 0 && channel < channels; bits &= bits - 1, channel++) {
      int speaker = Integer.lowestOneBit(bits);
      if (speaker == LOW_FREQUENCY) {
        weights[channel] = 0;
      } else if ((speaker & sides) != 0) {
        weights[channel] = SIDE;
      }
    }
    return weights;
  }

  /** The order that files without a mask mean. */
  private static int usual(int channels) {
    return switch (channels) {
      case 4 -> 0x33; // L R Ls Rs
      case 5 -> 0x37; // L R C Ls Rs
      case 6 -> 0x3f; // L R C LFE Ls Rs
      case 8 -> 0x63f; // L R C LFE Lb Rb Ls Rs
      default -> 0;
    };
  }
}
