package org.tonekeep.portrait.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/**
 * Walks the chunks of a PNG file (ISO/IEC 15948, 5.3) and copies those that are needed to draw it:
 * no text, time, EXIF or profile reaches a decoder. Everything after the last chunk is left away.
 */
final class PngSource {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final Set<String> NEEDED = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private static final int HEADER = 13;

  private final byte[] in;

  PngSource(byte[] in) {
    this.in = in;
  }

  static boolean is(byte[] in) {
    return in.length >= SIGNATURE.length
        && Arrays.equals(in, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  ImageSource read() {
    ByteBuffer all = ByteBuffer.wrap(in);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    out.writeBytes(SIGNATURE);
    int at = SIGNATURE.length;
    int width = 0;
    int height = 0;
    boolean data = false;
    String type = "";
    while (!type.equals("IEND")) {
      if (at + FRAME > in.length) {
        throw ImageSource.damaged();
      }
      int length = all.getInt(at);
      if (length < 0 || length > in.length - at - FRAME) {
        throw ImageSource.damaged();
      }
      type = new String(in, at + 4, 4, ISO_8859_1);
      boolean first = at == SIGNATURE.length;
      if (first != type.equals("IHDR") || (first && length != HEADER)) {
        throw ImageSource.damaged();
      }
      if (first) {
        width = all.getInt(at + 8);
        height = all.getInt(at + 12);
      }
      data |= type.equals("IDAT");
      if (NEEDED.contains(type)) {
        out.write(in, at, length + FRAME);
      }
      at += length + FRAME;
    }
    if (!data) {
      throw ImageSource.damaged();
    }
    return new ImageSource("png", out.toByteArray(), width, height, 1);
  }
}
