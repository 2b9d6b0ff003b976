package org.tonekeep.analysis.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * audiowaveform's binary format (its DataFormat.md): version 1 for one channel, version 2 with the
 * number of channels for more, whose data begin at byte 24.
 */
public final class PeaksFile {
  private static final int EIGHT_BITS = 1;

  private PeaksFile() {}

  /** The file's bytes with 8 or 16 bits per value. */
  public static byte[] bytes(Peaks peaks, int bits) {
    int header = peaks.channels() > 1 ? 24 : 20;
    short[] values = peaks.values();
    ByteBuffer out =
        ByteBuffer.allocate(header + values.length * (bits / 8)).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(peaks.channels() > 1 ? 2 : 1).putInt(bits == 8 ? EIGHT_BITS : 0);
    out.putInt(peaks.sampleRate()).putInt(peaks.samplesPerPixel()).putInt(peaks.length());
    if (peaks.channels() > 1) {
      out.putInt(peaks.channels());
    }
    for (short value : values) {
      if (bits == 8) {
        out.put((byte) eight(value));
      } else {
        out.putShort(value);
      }
    }
    return out.array();
  }

  /** 8 bits of 16, rounded toward zero. */
  static int eight(int value) {
    return value / 256;
  }

  /** Reads one 16-bit file; the stream stands behind it afterwards. */
  static Peaks read(DataInputStream in) throws IOException {
    byte[] head = new byte[20];
    in.readFully(head);
    ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int version = header.getInt();
    int flags = header.getInt();
    int sampleRate = header.getInt();
    int samplesPerPixel = header.getInt();
    int length = header.getInt();
    int channels = version == 2 ? Integer.reverseBytes(in.readInt()) : 1;
    if (version < 1 || version > 2 || flags != 0 || length < 0 || channels < 1 || channels > 32) {
      throw new IOException("Not a 16-bit peaks file");
    }
    byte[] body = new byte[Math.multiplyExact(length, 4 * channels)];
    in.readFully(body);
    short[] values = new short[length * 2 * channels];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(values);
    return new Peaks(sampleRate, samplesPerPixel, channels, values);
  }

  /** Writes audiowaveform's JSON. */
  public static void writeJson(Peaks peaks, int bits, OutputStream out) throws IOException {
    JsonNumbers json = new JsonNumbers(out);
    json.text("{\"version\":2,\"channels\":" + peaks.channels());
    json.text(",\"sample_rate\":" + peaks.sampleRate());
    json.text(",\"samples_per_pixel\":" + peaks.samplesPerPixel());
    json.text(",\"bits\":" + bits + ",\"length\":" + peaks.length() + ",\"data\":[");
    String comma = "";
    for (short value : peaks.values()) {
      json.text(comma + (bits == 8 ? eight(value) : value));
      comma = ",";
    }
    json.text("]}\n");
    json.flush();
  }

  /**
   * Writes what wavesurfer.js takes as {@code peaks} and {@code duration}: for each channel its
   * lowest and highest values in turn, -1 to 1.
   */
  public static void writeWavesurfer(Peaks peaks, double durationSeconds, OutputStream out)
      throws IOException {
    JsonNumbers json = new JsonNumbers(out);
    json.text("{\"peaks\":[");
    int width = 2 * peaks.channels();
    for (int c = 0; c < peaks.channels(); c++) {
      json.text(c == 0 ? "[" : ",[");
      for (int p = 0; p < peaks.length(); p++) {
        json.text(p == 0 ? "" : ",");
        json.fraction(peaks.values()[p * width + 2 * c]);
        json.text(",");
        json.fraction(peaks.values()[p * width + 2 * c + 1]);
      }
      json.text("]");
    }
    json.text("],\"duration\":" + Math.round(durationSeconds * 1000) / 1000.0 + "}");
    json.flush();
  }
}
