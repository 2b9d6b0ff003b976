package org.tonekeep.portrait.internal;

import java.io.ByteArrayOutputStream;
import org.tonekeep.rest.api.ProblemException;

/**
 * Walks the segments of a JPEG file (ITU-T T.81, annex B) and copies those that are needed to draw
 * it. Everything after the end marker is left away.
 */
final class JpegSource {
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final int SOF2 = 0xC2;
  private static final int SOF15 = 0xCF;
  private static final int DHT = 0xC4;
  private static final int DAC = 0xCC;
  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;

  /** A progressive image has about ten; thousands would keep a decoder busy for hours. */
  private static final int MOST_SCANS = 64;

  /** A bare JFIF 1.1 header: says that three components are YCbCr. */
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final byte[] in;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int at = 2;
  private int width;
  private int height;
  private int scans;
  private int orientation = 1;
  private boolean jfif;
  private boolean exif;
  private boolean adobe;

  JpegSource(byte[] in) {
    this.in = in;
  }

  static boolean is(byte[] in) {
    return in.length > 3 && u8(in, 0) == 0xFF && u8(in, 1) == 0xD8 && u8(in, 2) == 0xFF;
  }

  ImageSource read() {
    int marker = marker();
    while (marker != EOI) {
      segment(marker);
      marker = marker();
    }
    if (scans == 0 || width == 0) {
      throw ImageSource.damaged();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.size() + 32);
    out.write(0xFF);
    out.write(0xD8);
    // Without either header the decoder would guess the colours by the sampling.
    if (jfif || (exif && !adobe)) {
      out.writeBytes(JFIF);
    }
    out.writeBytes(body.toByteArray());
    out.write(0xFF);
    out.write(EOI);
    return new ImageSource("jpeg", out.toByteArray(), width, height, orientation);
  }

  private int marker() {
    if (at >= in.length || u8(in, at) != 0xFF) {
      throw ImageSource.damaged();
    }
    while (at < in.length && u8(in, at) == 0xFF) {
      at++;
    }
    if (at >= in.length) {
      throw ImageSource.damaged();
    }
    return u8(in, at++);
  }

  private void segment(int marker) {
    if (at + 2 > in.length) {
      throw ImageSource.damaged();
    }
    int length = u16(in, at);
    int end = at + length;
    if (length < 2 || end > in.length) {
      throw ImageSource.damaged();
    }
    boolean kept = true;
    if (marker == COMMENT || (marker >= APP0 && marker <= APP15)) {
      kept = header(marker, at + 2, end);
    } else if (marker >= 0xC0 && marker <= SOF15 && marker != DHT && marker != DAC) {
      frame(marker, length);
    }
    if (kept) {
      body.write(0xFF);
      body.write(marker);
      body.write(in, at, length);
    }
    at = end;
    if (marker == SOS) {
      scan();
    }
  }

  /** Whether an application's segment is needed: that of Adobe says how colours are coded. */
  private boolean header(int marker, int from, int end) {
    jfif |= marker == APP0 && starts(from, end, "JFIF\0");
    if (marker == APP1 && starts(from, end, "Exif\0") && !exif) {
      exif = true;
      orientation = Orientation.ofExif(in, from + 6, end);
    }
    boolean colours = marker == APP14 && starts(from, end, "Adobe") && end - from == 12;
    adobe |= colours;
    return colours;
  }

  private void frame(int marker, int length) {
    if (marker > SOF2 || length < 8 || width != 0) {
      throw marker > SOF2 ? unusual() : ImageSource.damaged();
    }
    height = u16(in, at + 3);
    width = u16(in, at + 5);
    if (width == 0 || height == 0) {
      throw ImageSource.damaged();
    }
    int components = u8(in, at + 7);
    if (components != 1 && components != 3) {
      throw unusual();
    }
  }

  /** Copies the coded data up to the next marker that is no restart. */
  private void scan() {
    scans++;
    if (scans > MOST_SCANS || width == 0) {
      throw ImageSource.damaged();
    }
    int from = at;
    while (at + 1 < in.length
        && (u8(in, at) != 0xFF || u8(in, at + 1) == 0 || (u8(in, at + 1) & 0xF8) == 0xD0)) {
      at++;
    }
    body.write(in, from, at - from);
  }

  private boolean starts(int from, int end, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (from + i >= end || in[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static ProblemException unusual() {
    return ProblemException.of(
        422,
        "image-unusual",
        "Unusual JPEG",
        "This kind of JPEG (CMYK, lossless or arithmetic) is not read: save it as RGB");
  }

  private static int u8(byte[] in, int at) {
    return in[at] & 0xFF;
  }

  private static int u16(byte[] in, int at) {
    return u8(in, at) << 8 | u8(in, at + 1);
  }
}
