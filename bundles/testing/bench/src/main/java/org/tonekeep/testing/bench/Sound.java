package org.tonekeep.testing.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Made music: WAV of any length, 44.1 kHz, stereo, 16 bit, made while it is read. */
final class Sound {
  static final int BYTES_PER_SECOND = 44_100 * 4;
  private static final int HEADER = 44;
  private static final byte[] LOOP = loop();

  private Sound() {}

  /** A WAV file of so many bytes in all. */
  static InputStream wav(long length) {
    byte[] header =
        ByteBuffer.allocate(HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF".getBytes(StandardCharsets.US_ASCII))
            .putInt((int) (length - 8))
            .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
            .putInt(16)
            .putShort((short) 1)
            .putShort((short) 2)
            .putInt(44_100)
            .putInt(BYTES_PER_SECOND)
            .putShort((short) 4)
            .putShort((short) 16)
            .put("data".getBytes(StandardCharsets.US_ASCII))
            .putInt((int) (length - HEADER))
            .array();
    return new SequenceInputStream(new ByteArrayInputStream(header), pcm(length - HEADER));
  }

  /** Only the samples. */
  static InputStream pcm(long length) {
    return new InputStream() {
      private long at;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int wanted) {
        if (at == length) {
          return -1;
        }
        int from = (int) (at % LOOP.length);
        int now = (int) Math.min(Math.min(wanted, LOOP.length - from), length - at);
        System.arraycopy(LOOP, from, into, offset, now);
        at += now;
        return now;
      }
    };
  }

  /** Eight seconds of chords over noise that swells, so that encoders and meters have work. */
  private static byte[] loop() {
    double[] chord = {110, 164.81, 220, 277.18, 329.63, 659.26};
    Random random = new Random(8);
    ByteBuffer samples = ByteBuffer.allocate(8 * BYTES_PER_SECOND).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; samples.hasRemaining(); i++) {
      double seconds = i / 44_100.0;
      double beat = Math.exp(-6 * (seconds % 0.5));
      double left = random.nextGaussian() * 0.05 * beat;
      double right = random.nextGaussian() * 0.05 * beat;
      for (int voice = 0; voice < chord.length; voice++) {
        double tone = Math.sin(2 * Math.PI * chord[voice] * seconds) * 0.12;
        left += tone * (voice % 2 == 0 ? 1 : beat);
        right += tone * (voice % 2 == 1 ? 1 : beat);
      }
      samples.putShort((short) (left * 32_000)).putShort((short) (right * 32_000));
    }
    return samples.array();
  }
}
