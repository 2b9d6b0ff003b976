package org.tonekeep.mail.outbox.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** RFC 2045 section 6.7: UTF-8 text in lines of at most 76 ASCII characters that end with CRLF. */
final class QuotedPrintable {
  private static final int COLUMNS = 75;
  private static final String HEX = "0123456789ABCDEF";

  private QuotedPrintable() {}

  /**
   * @param text lines end with {@code \n}
   */
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + text.length() / 8);
    for (String line : text.split("\n", -1)) {
      out.append(encodeLine(line.getBytes(UTF_8))).append("\r\n");
    }
    out.setLength(out.length() - 2);
    return out.toString();
  }

  private static StringBuilder encodeLine(byte[] line) {
    StringBuilder out = new StringBuilder(line.length);
    int column = 0;
    for (int i = 0; i < line.length; i++) {
      int b = line[i] & 0xFF;
      boolean blankAtEnd = b == ' ' && i == line.length - 1;
      boolean plain = b >= ' ' && b <= '~' && b != '=' && !blankAtEnd;
      int width = plain ? 1 : 3;
      if (column + width > COLUMNS) {
        out.append("=\r\n");
        column = 0;
      }
      if (plain) {
        out.append((char) b);
      } else {
        out.append('=').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
      }
      column += width;
    }
    return out;
  }

  /** The text that {@link #encode} encoded. */
  static String decode(String encoded) {
    byte[] in = encoded.replace("=\r\n", "").replace("\r\n", "\n").getBytes(US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '=' && i + 2 < in.length) {
        out.write(Integer.parseInt(new String(in, i + 1, 2, US_ASCII), 16));
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toString(UTF_8);
  }
}
