package org.tonekeep.itests;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes sound: a 16-bit stereo WAV of a sine. */
public final class Tone {
  private static final int RATE = 44_100;

  private Tone() {}

  /**
   * @param seconds length
   * @param hertz frequency
   * @return a whole WAV file (RIFF, PCM)
   */
  public static byte[] wav(int seconds, double hertz) {
    int frames = seconds * RATE;
    ByteBuffer file = ByteBuffer.allocate(44 + frames * 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + frames * 4);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 2).putInt(RATE).putInt(RATE * 4);
    file.putShort((short) 4).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(frames * 4);
    for (int i = 0; i < frames; i++) {
      short sample = (short) (Math.sin(2 * Math.PI * hertz * i / RATE) * 16_000);
      file.putShort(sample).putShort(sample);
    }
    return file.array();
  }
}
