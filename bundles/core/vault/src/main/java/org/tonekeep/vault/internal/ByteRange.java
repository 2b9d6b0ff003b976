package org.tonekeep.vault.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tonekeep.rest.api.ProblemException;

/**
 * One range of bytes (RFC 9110 section 14).
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, included
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("(?i:bytes)=[ \\t]*(\\d*)-(\\d*)[ \\t]*");

  long length() {
    return last - first + 1;
  }

  /**
   * Reads a {@code Range} header. Empty means the whole: several ranges and anything malformed are
   * ignored, as the RFC allows.
   *
   * @throws ProblemException 416 when the range lies outside the bytes
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher match = ONE.matcher(header);
    if (!match.matches()) {
      return Optional.empty();
    }
    String from = match.group(1);
    String to = match.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? Optional.empty() : Optional.of(suffix(number(to), size));
    }
    long first = number(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
    if (last < first) {
      return Optional.empty();
    }
    if (first >= size) {
      throw unsatisfiable(size);
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  private static ByteRange suffix(long length, long size) {
    if (length == 0 || size == 0) {
      throw unsatisfiable(size);
    }
    return new ByteRange(Math.max(0, size - length), size - 1);
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException larger) {
      return Long.MAX_VALUE;
    }
  }

  private static ProblemException unsatisfiable(long size) {
    return ProblemException.of(
            416, "range-unsatisfiable", "Range outside the file", "The file has " + size + " bytes")
        .withHeader("Content-Range", "bytes */" + size);
  }
}
