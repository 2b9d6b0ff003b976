package org.tonekeep.decoder.ffmpeg.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.tonekeep.audio.api.PcmFormat;

/**
 * Reads the endless WAVE stream of 32-bit floats that ffmpeg writes: sizes in it mean nothing, the
 * data goes to the end. The header spares a second process that would ask for rate and channels.
 */
final class WaveReader {
  private static final int LARGEST_HEADER = 1 << 16;
  private static final int BUFFER_FRAMES_BYTES = 1 << 17;

  private final InputStream in;
  private final byte[] bytes;
  private final ByteBuffer values;
  private int rest;

  WaveReader(InputStream in) {
    this.in = in;
    this.bytes = new byte[BUFFER_FRAMES_BYTES];
    this.values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads up to the audio.
   *
   * @return rate, channels and their places; null when the stream ends before
   */
  @Nullable Header header() throws IOException {
    byte[] start = in.readNBytes(12);
    if (start.length < 12) {
      return null;
    }
    Header header = null;
    int read = 12;
    try {
      while (true) {
        ByteBuffer chunk = ByteBuffer.wrap(exactly(8)).order(ByteOrder.LITTLE_ENDIAN);
        int id = chunk.getInt();
        int size = chunk.getInt();
        if (id == 0x61746164) { // "data"
          return header;
        }
        read += 8 + size;
        if (size < 0 || read > LARGEST_HEADER) {
          throw new IOException("The decoder wrote no WAVE header");
        }
        ByteBuffer body =
            ByteBuffer.wrap(exactly(size + (size & 1))).order(ByteOrder.LITTLE_ENDIAN);
        if (id == 0x20746d66) { // "fmt "
          header =
              new Header(
                  body.getInt(4), body.getShort(2) & 0xffff, size >= 40 ? body.getInt(20) : 0);
        }
      }
    } catch (EOFException e) {
      return null;
    }
  }

  /**
   * Reads the next whole frames.
   *
   * @param target room for at least {@link #capacity} values
   * @return frames; -1 at the end
   */
  int read(float[] target, int channels) throws IOException {
    int frameBytes = 4 * channels;
    int filled = rest;
    int least = frameBytes;
    while (filled < least) {
      int n = in.read(bytes, filled, bytes.length - filled);
      if (n < 0) {
        return -1;
      }
      filled += n;
    }
    int frames = filled / frameBytes;
    int count = frames * channels;
    values.asFloatBuffer().get(target, 0, count);
    for (int i = 0; i < count; i++) {
      // NaN and infinities have all exponent bits set.
      if ((Float.floatToRawIntBits(target[i]) & 0x7f800000) == 0x7f800000) {
        target[i] = 0;
      }
    }
    rest = filled - frames * frameBytes;
    System.arraycopy(bytes, frames * frameBytes, bytes, 0, rest);
    return frames;
  }

  /** The most values that one {@link #read} yields. */
  static int capacity() {
    return BUFFER_FRAMES_BYTES / 4;
  }

  private byte[] exactly(int size) throws IOException {
    byte[] read = in.readNBytes(size);
    if (read.length < size) {
      throw new EOFException();
    }
    return read;
  }

  /**
   * What the stream holds, unchecked.
   *
   * @param mask loudspeaker positions as in {@link PcmFormat#speakers}; 0 when it does not say
   */
  record Header(int sampleRate, int channels, int mask) {}
}
