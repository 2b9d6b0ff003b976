package org.tonekeep.catalog.internal;

import java.text.Normalizer;
import java.util.Locale;
import org.tonekeep.catalog.api.Track;

/**
 * Cleans what people write: one line without control characters, outer blanks and broken
 * surrogates, in Unicode's normal form C.
 */
public final class Texts {
  private Texts() {}

  /** The text as it is kept. */
  public static String clean(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    kept.append(' ');
                case Character.SURROGATE -> kept.append('\uFFFD');
                default -> kept.appendCodePoint(c);
              }
            });
    return Normalizer.normalize(kept, Normalizer.Form.NFC).strip().replaceAll(" {2,}", " ");
  }

  /** What a browser saves the track as: the title with the ending of its format, not twice. */
  public static String fileNameOf(Track track) {
    String title = track.title();
    String lower = title.toLowerCase(Locale.ROOT);
    boolean ends = Formats.endings(track.format()).stream().anyMatch(e -> lower.endsWith("." + e));
    return ends ? title : title + "." + track.format();
  }

  /**
   * A title from the name of a file: without folders and the ending; empty when nothing is left.
   */
  public static String titleOf(String fileName) {
    String name =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    String title = clean(dot > 0 ? name.substring(0, dot) : name);
    return title.length() <= 300 ? title : title.substring(0, title.offsetByCodePoints(0, 150));
  }
}
