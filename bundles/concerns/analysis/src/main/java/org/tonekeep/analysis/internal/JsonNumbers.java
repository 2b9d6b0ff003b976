package org.tonekeep.analysis.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes long lists of numbers as JSON with little memory. */
final class JsonNumbers {
  private static final int FULL = 1 << 13;

  private final OutputStream out;
  private final StringBuilder pending = new StringBuilder();

  JsonNumbers(OutputStream out) {
    this.out = out;
  }

  void text(String text) throws IOException {
    pending.append(text);
    if (pending.length() > FULL) {
      flush();
    }
  }

  /** A 16-bit value as a fraction of full scale, four digits. */
  void fraction(short value) throws IOException {
    text(Double.toString(Math.round(value / 32768.0 * 10_000) / 10_000.0));
  }

  void flush() throws IOException {
    out.write(pending.toString().getBytes(StandardCharsets.US_ASCII));
    pending.setLength(0);
  }
}
