package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.tonekeep.storage.api.SignedUrls.Disposition;

/** Writes {@code Content-Disposition} (RFC 6266, RFC 8187). */
final class ContentDisposition {
  private static final String ATTR_CHARS = "!#$&+-.^_`|~";
  private static final int ASCII_END = 0x7f;

  private ContentDisposition() {}

  /** A file name without folders, control characters and bidirectional tricks; never empty. */
  static String clean(String fileName, int longest) {
    StringBuilder kept = new StringBuilder();
    fileName
        .codePoints()
        .filter(c -> Character.isDefined(c) && !isHidden(c))
        .map(c -> c == '/' || c == '\\' || c == ':' ? '_' : c)
        .limit(longest)
        .forEach(kept::appendCodePoint);
    String name = kept.toString().strip();
    return name.isEmpty() || name.chars().allMatch(c -> c == '.') ? "audio" : name;
  }

  private static boolean isHidden(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  static String of(Disposition disposition, String fileName) {
    StringBuilder plain = new StringBuilder();
    StringBuilder extended = new StringBuilder();
    for (byte b : fileName.getBytes(UTF_8)) {
      int c = b & 0xff;
      boolean letter = c < ASCII_END && Character.isLetterOrDigit(c);
      if (letter || ATTR_CHARS.indexOf(c) >= 0) {
        extended.append((char) c);
      } else {
        extended.append(String.format(Locale.ROOT, "%%%02X", c));
      }
    }
    fileName.codePoints().forEach(c -> plain.append(isQuotable(c) ? (char) c : '_'));
    return disposition.name().toLowerCase(Locale.ROOT)
        + "; filename=\""
        + plain
        + "\"; filename*=UTF-8''"
        + extended;
  }

  private static boolean isQuotable(int c) {
    // '%' is left out: some browsers decode it also in the plain form.
    return c >= ' ' && c < ASCII_END && c != '"' && c != '\\' && c != '%';
  }
}
