package org.tonekeep.identity.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which names look the same (UTS #39, section 4). A site may show a name in any case, so a name has
 * the skeletons of its lower-case, its upper-case and its own form: two names look the same when
 * they share one. Made once, then read only.
 */
final class Lookalikes {
  private static final int HEX = 16;
  private static final int DOT_ABOVE = 0x307;
  private static final int OVERLAY_FIRST = 0x334;
  private static final int OVERLAY_LAST = 0x338;

  private final Map<Integer, int[]> prototypes = new HashMap<>();
  private final TreeMap<Integer, Integer> letters = new TreeMap<>();

  Lookalikes() {
    for (int[] row : rows("lookalikes.txt")) {
      int[] unused = prototypes.put(row[0], Arrays.copyOfRange(row, 1, row.length));
    }
    int[] added = prototypes.put((int) 'w', new int[] {'v', 'v'}); // not in the table, but seen
    for (int[] row : rows("letters.txt")) {
      Integer unused = letters.put(row[0], row[1]);
    }
    assert added == null;
  }

  /** Whether today's languages write all of its characters. */
  boolean isWritten(String name) {
    return name.codePoints()
        .allMatch(
            c -> {
              Map.Entry<Integer, Integer> range = letters.floorEntry(c);
              return c == '.' || c == '-' || (range != null && c <= range.getValue());
            });
  }

  /** The name's skeletons, one to three. */
  Set<String> skeletons(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    Set<String> all = new TreeSet<>();
    for (String form :
        List.of(plain, plain.toLowerCase(Locale.ROOT), plain.toUpperCase(Locale.ROOT))) {
      boolean unused = all.add(skeleton(form));
    }
    return all;
  }

  private String skeleton(String form) {
    // Twice: what a decomposed prototype consists of may look like something else again.
    String mapped = mapped(mapped(Normalizer.normalize(form, Normalizer.Form.NFKD)));
    StringBuilder folded = new StringBuilder();
    mapped.codePoints().forEach(c -> append(folded, fold(c)));
    return folded.toString();
  }

  private String mapped(String decomposed) {
    StringBuilder mapped = new StringBuilder();
    decomposed
        .codePoints()
        .forEach(
            c -> {
              for (int p : prototypes.getOrDefault(c, new int[] {c})) {
                mapped.appendCodePoint(p);
              }
            });
    return Normalizer.normalize(mapped, Normalizer.Form.NFD);
  }

  /** Without case, and without what case hides: I is l, so that i, l and 1 are one. */
  private static int fold(int c) {
    if (c >= OVERLAY_FIRST && c <= OVERLAY_LAST) {
      return OVERLAY_FIRST;
    }
    int lower = Character.toLowerCase(Character.toUpperCase(c));
    return lower == 'i' || lower == 0x131 || lower == '1' ? 'l' : lower == '0' ? 'o' : lower;
  }

  /** A dot above what has one already cannot be seen. */
  private static void append(StringBuilder text, int c) {
    boolean dotted = text.length() > 0 && "lj".indexOf(text.charAt(text.length() - 1)) >= 0;
    if (c != DOT_ABOVE || !dotted) {
      text.appendCodePoint(c);
    }
  }

  private static List<int[]> rows(String file) {
    try (InputStream in =
            Objects.requireNonNull(Lookalikes.class.getResourceAsStream(file), "resource");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(
              line ->
                  Arrays.stream(line.split(" "))
                      .mapToInt(hex -> Integer.parseInt(hex, HEX))
                      .toArray())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
