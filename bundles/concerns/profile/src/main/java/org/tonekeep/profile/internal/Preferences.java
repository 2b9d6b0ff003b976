package org.tonekeep.profile.internal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;

/**
 * What the pages and players of a person remember about how that person likes things.
 *
 * @param values by name: {@link String}, {@link Boolean}, {@link Long} or {@link Double}; at most
 *     {@value #MOST}, in {@value #BYTES} bytes when written
 */
public record Preferences(Map<String, Object> values) {
  static final int MOST = 64;
  static final int BYTES = 8 << 10;
  private static final int LONGEST = 500;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

  /** The largest integer that every reader of JSON reads alike (RFC 7493, section 2.2). */
  private static final BigInteger LARGEST = BigInteger.valueOf((1L << 53) - 1);

  public Preferences {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** None at all. */
  public static Preferences none() {
    return new Preferences(Map.of());
  }

  /**
   * These with a change (RFC 7396): null removes, anything else replaces.
   *
   * @throws ProblemException 422 with a pointer to each one that is wrong
   */
  Preferences merged(Map<String, @Nullable Object> change) {
    List<FieldError> wrong = new ArrayList<>();
    Map<String, Object> next = new TreeMap<>(values);
    change.forEach(
        (name, value) -> {
          Object kept = NAME.matcher(name).matches() ? kept(value) : null;
          if (value == null) {
            next.remove(name);
          } else if (kept == null) {
            String step = name.replace("~", "~0").replace("/", "~1");
            wrong.add(
                new FieldError(
                    "/preferences/" + step,
                    "A name of 1 to 64 of a-z, 0-9, '.', '_' and '-' that begins with a letter;"
                        + " a text of at most 500 characters, a number, true or false"));
          } else {
            next.put(name, kept);
          }
        });
    Preferences all = new Preferences(next);
    if (wrong.isEmpty() && all.isTooMuch()) {
      wrong.add(new FieldError("/preferences", "At most 64, in 8 KiB altogether"));
    }
    if (!wrong.isEmpty()) {
      throw ProblemException.invalid(wrong.toArray(FieldError[]::new));
    }
    return all;
  }

  private boolean isTooMuch() {
    return values.size() > MOST || text().getBytes(StandardCharsets.UTF_8).length > BYTES;
  }

  private static @Nullable Object kept(@Nullable Object value) {
    if (value instanceof String text) {
      boolean good = text.codePoints().allMatch(c -> c == '\n' || DisplayName.printable(c));
      return good && text.length() <= LONGEST ? text : null;
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? number : null;
    }
    if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      BigInteger number = new BigInteger(value.toString());
      return number.abs().compareTo(LARGEST) <= 0 ? (Object) number.longValue() : null;
    }
    return value instanceof Boolean ? value : null;
  }

  /** One {@code name kind value} per line, as {@link #parse} reads it. */
  String text() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + ' ' + kind(e.getValue()) + ' ' + written(e.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static char kind(Object value) {
    if (value instanceof String) {
      return 't';
    } else if (value instanceof Boolean) {
      return 'b';
    }
    return value instanceof Long ? 'i' : 'd';
  }

  private static String written(Object value) {
    return value.toString().replace("\\", "\\\\").replace("\n", "\\n");
  }

  static Preferences parse(String text) {
    Map<String, Object> values = new TreeMap<>();
    for (String line : text.isEmpty() ? List.<String>of() : List.of(text.split("\n", -1))) {
      String[] parts = line.split(" ", 3);
      values.put(parts[0], read(parts[1], parts[2]));
    }
    return new Preferences(values);
  }

  private static Object read(String kind, String value) {
    return switch (kind) {
      case "t" -> unescaped(value);
      case "b" -> Boolean.valueOf(value);
      case "i" -> Long.valueOf(value);
      default -> Double.valueOf(value);
    };
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        c = value.charAt(i) == 'n' ? '\n' : value.charAt(i);
      }
      text.append(c);
    }
    return text.toString();
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "Preferences[" + values.size() + "]";
  }
}
