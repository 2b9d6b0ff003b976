package org.tonekeep.testing.contracts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.audio.api.PcmSink;

/** Keeps what a decoder yields, and checks how it calls. */
public class CollectingSink implements PcmSink {
  private @Nullable PcmFormat format;
  private int begun;
  private long frames;
  private double peak;
  private float[] values = new float[0];

  @Override
  public void begin(PcmFormat pcmFormat, long expectedFrames) {
    begun++;
    format = pcmFormat;
    if (expectedFrames < -1) {
      throw new AssertionError("An unknown length is -1");
    }
  }

  @Override
  public void samples(float[] interleaved, int count) {
    PcmFormat known = format;
    if (known == null || count < 1) {
      throw new AssertionError("begin comes first, and then at least one frame a time");
    }
    int length = count * known.channels();
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(interleaved[i])) {
        throw new AssertionError("A sample is not finite");
      }
      peak = Math.max(peak, Math.abs(interleaved[i]));
    }
    if (values.length < 1000) {
      float[] kept = Arrays.copyOf(values, values.length + length);
      System.arraycopy(interleaved, 0, kept, values.length, length);
      values = kept;
    }
    frames += count;
  }

  public @Nullable PcmFormat format() {
    return format;
  }

  public int begun() {
    return begun;
  }

  public long frames() {
    return frames;
  }

  public double peak() {
    return peak;
  }

  /** The first values, interleaved: those of the first call at least. */
  public float[] values() {
    return values.clone();
  }

  /**
   * A mono WAVE file.
   *
   * @param tag 1 for integers, 3 for floats
   */
  public static byte[] wav(byte[] data, int tag, int bits, int sampleRate) {
    ByteBuffer out = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) tag).putShort((short) 1).putInt(sampleRate);
    out.putInt(sampleRate * bits / 8).putShort((short) (bits / 8)).putShort((short) bits);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
    return out.array();
  }

  static byte[] littleEndian(float[] values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      out.putFloat(value);
    }
    return out.array();
  }
}
