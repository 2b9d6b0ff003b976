package org.tonekeep.vault.internal;

/** Streams without a container: frames that follow each other, each telling its own length. */
enum Frames {
  /** MPEG audio layer I to III (ISO/IEC 11172-3, 13818-3, and 2.5). */
  MPEG {
    @Override
    long length(byte[] bytes, int at) {
      long header = Head.word(bytes, at, 4);
      int version = (int) ((header >> 19) & 3);
      int layer = (int) ((header >> 17) & 3);
      int bitrate = (int) ((header >> 12) & 15);
      int rate = (int) ((header >> 10) & 3);
      if (header < 0
          || header >> 21 != 0x7ff
          || version == 1
          || layer == 0
          || bitrate == 0
          || bitrate == 15
          || rate == 3) {
        return 0;
      }
      boolean one = version == 3;
      int hertz = RATES[rate] >> (one ? 0 : version == 2 ? 1 : 2);
      int bits = 1000 * KILOBITS[one ? 3 - layer : layer == 3 ? 3 : 4][bitrate];
      int padding = (int) ((header >> 9) & 1);
      if (layer == 3) {
        return (12L * bits / hertz + padding) * 4;
      }
      return (layer == 1 && !one ? 72L : 144L) * bits / hertz + padding;
    }

    @Override
    long kind(byte[] bytes, int at) {
      // Sync, version, layer and sampling rate stay; protection, bit rate and mode may change.
      return Head.word(bytes, at, 4) & 0xfffe0c00L;
    }
  },
  /** AAC in ADTS (ISO/IEC 14496-3 annex 1.A). */
  ADTS {
    @Override
    long length(byte[] bytes, int at) {
      long header = Head.word(bytes, at, 7);
      if (header < 0 || header >> 44 != 0xfff || ((header >> 41) & 3) != 0) {
        return 0;
      }
      long rate = (header >> 34) & 15;
      long length = (header >> 13) & 0x1fff;
      return rate > 12 || length < 7 ? 0 : length;
    }

    @Override
    long kind(byte[] bytes, int at) {
      // Sync, version, layer, profile and sampling rate.
      return Head.word(bytes, at, 3) & 0xfffefcL;
    }
  };

  private static final int[] RATES = {44_100, 48_000, 32_000};
  // MPEG-1 layer I, II, III; MPEG-2 layer I; MPEG-2 layer II and III.
  private static final int[][] KILOBITS = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
  };

  /** The length of the frame at the offset in bytes, or 0 when there is none. */
  abstract long length(byte[] bytes, int at);

  /** What all frames of one stream have in common. */
  abstract long kind(byte[] bytes, int at);

  /**
   * Whether a stream begins at the offset: at least so many whole frames, or fewer that end where
   * the bytes end.
   */
  boolean startAt(byte[] bytes, int at, int least) {
    long next = at;
    int frames = 0;
    while (frames < least && next < bytes.length) {
      long length = length(bytes, (int) next);
      if (length == 0 || kind(bytes, (int) next) != kind(bytes, at)) {
        return frames > 0 && isTrailer(bytes, next);
      }
      if (next + length > bytes.length) {
        return frames > 0;
      }
      next += length;
      frames++;
    }
    return frames > 0;
  }

  private static boolean isTrailer(byte[] bytes, long at) {
    return Head.at(bytes, at, "TAG") || Head.at(bytes, at, "APETAGEX") || Head.at(bytes, at, "ID3");
  }

  /** Whether a stream of at least so many whole frames begins anywhere from the offset. */
  boolean foundIn(byte[] bytes, int from, int least) {
    for (int at = from; at + 4 <= bytes.length; at++) {
      if (bytes[at] == (byte) 0xff && count(bytes, at, least) >= least) {
        return true;
      }
    }
    return false;
  }

  private int count(byte[] bytes, int at, int enough) {
    long next = at;
    int frames = 0;
    while (frames < enough && next < bytes.length) {
      long length = length(bytes, (int) next);
      if (length == 0
          || kind(bytes, (int) next) != kind(bytes, at)
          || next + length > bytes.length) {
        break;
      }
      next += length;
      frames++;
    }
    return frames;
  }
}
