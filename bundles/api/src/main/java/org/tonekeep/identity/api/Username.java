package org.tonekeep.identity.api;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A name that is unique at a tenant and stands in public addresses. The form is that of UTS #39
 * "highly restrictive": letters, digits and marks of one script (or of the mixes that Japanese,
 * Chinese and Korean write), and {@code _.-} between them; nothing invisible. Which names look the
 * same, and which are reserved, only {@link Accounts} knows.
 *
 * @param value as chosen, NFC, without surrounding blanks; 3 to 30 characters
 */
public record Username(String value) {
  private static final int LEAST = 3;
  private static final int MOST = 30;
  private static final int MARKS_MOST = 2;
  private static final String BETWEEN = "_.-";

  /** UTS #39, section 5.2: scripts that are written together. */
  private static final List<Set<Character.UnicodeScript>> MIXES =
      List.of(
          EnumSet.of(
              Character.UnicodeScript.LATIN,
              Character.UnicodeScript.HAN,
              Character.UnicodeScript.HIRAGANA,
              Character.UnicodeScript.KATAKANA),
          EnumSet.of(
              Character.UnicodeScript.LATIN,
              Character.UnicodeScript.HAN,
              Character.UnicodeScript.BOPOMOFO),
          EnumSet.of(
              Character.UnicodeScript.LATIN,
              Character.UnicodeScript.HAN,
              Character.UnicodeScript.HANGUL));

  /**
   * @throws IllegalArgumentException saying what would be right
   */
  public Username {
    value = Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
    int[] points = value.codePoints().toArray();
    if (points.length < LEAST || points.length > MOST) {
      throw new IllegalArgumentException("A username has 3 to 30 characters");
    }
    requireLettersAndMarks(points);
    requireOneScript(points);
    requireOneKindOfDigits(points);
  }

  private static void requireLettersAndMarks(int[] points) {
    int marks = 0;
    boolean between = true;
    for (int c : points) {
      boolean mark = isMark(c);
      boolean word = Character.isLetterOrDigit(c);
      if (!word && !mark && BETWEEN.indexOf(c) < 0) {
        throw new IllegalArgumentException(
            "A username consists of letters and digits, with '_', '.' or '-' between them");
      }
      if (between && !word) {
        throw new IllegalArgumentException(
            "A username begins with a letter or digit, and so does each part after '_', '.' or '-'");
      }
      marks = mark ? marks + 1 : 0;
      if (marks > MARKS_MOST) {
        throw new IllegalArgumentException("A username has at most two accents on one letter");
      }
      between = !word && !mark;
    }
    if (between) {
      throw new IllegalArgumentException("A username ends with a letter or digit");
    }
  }

  private static void requireOneScript(int[] points) {
    Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
    for (int c : points) {
      boolean unused = scripts.add(Character.UnicodeScript.of(c));
    }
    scripts.remove(Character.UnicodeScript.COMMON);
    scripts.remove(Character.UnicodeScript.INHERITED);
    if (scripts.size() > 1 && MIXES.stream().noneMatch(mix -> mix.containsAll(scripts))) {
      throw new IllegalArgumentException(
          "A username is written in one alphabet: letters of two that look alike deceive readers");
    }
  }

  private static void requireOneKindOfDigits(int[] points) {
    Set<Integer> zeros = new HashSet<>();
    for (int c : points) {
      if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
        boolean unused = zeros.add(c - Character.digit(c, 10));
      }
    }
    if (zeros.size() > 1) {
      throw new IllegalArgumentException("A username has digits of one kind");
    }
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Without the person: a name must not reach a log by accident. */
  @Override
  public String toString() {
    return "Username";
  }
}
