package org.tonekeep.tenant.api;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One key of a tenant's file, declared by the bundle that reads it. The part before the first dot
 * is the key's prefix; within a declared prefix an undeclared key is refused.
 *
 * @param name dotted name, such as {@code upload.maxBytes}
 * @param type what an operator reads in messages, such as {@code duration}
 * @param defaultText the value of a file that does not name the key, in the file's own notation
 * @param description one sentence for the operator
 * @param parser parses trimmed text; throws {@link IllegalArgumentException} whose message says
 *     what would be right
 */
public record SettingKey<T>(
    String name, String type, String defaultText, String description, Function<String, T> parser) {

  public SettingKey {
    if (!name.matches("[a-z][a-zA-Z0-9]*(\\.[a-zA-Z0-9]+)+")) {
      throw new IllegalArgumentException("A setting's name has a prefix and a dot: " + name);
    }
    Object unused = parser.apply(defaultText.trim());
  }

  /** The part before the first dot: keys under it that nobody declared are refused. */
  public String prefix() {
    return name.substring(0, name.indexOf('.'));
  }

  /**
   * Parses a value of this key.
   *
   * @throws IllegalArgumentException saying what would be right
   */
  public T parse(String text) {
    return parser.apply(text.trim());
  }

  /** Any text, also empty. */
  public static SettingKey<String> text(String name, String defaultText, String description) {
    return new SettingKey<>(name, "text", defaultText, description, Function.identity());
  }

  /** One of a few words. */
  public static SettingKey<String> choice(
      String name, String defaultText, String description, String... choices) {
    List<String> allowed = List.of(choices);
    return new SettingKey<>(
        name,
        String.join("|", allowed),
        defaultText,
        description,
        text -> {
          if (!allowed.contains(text)) {
            throw new IllegalArgumentException("expected one of " + String.join(", ", allowed));
          }
          return text;
        });
  }

  /** {@code true} or {@code false}. */
  public static SettingKey<Boolean> flag(String name, boolean defaultValue, String description) {
    return new SettingKey<>(
        name,
        "true|false",
        Boolean.toString(defaultValue),
        description,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("expected true or false");
          }
          return Boolean.valueOf(text);
        });
  }

  /** A whole number between two bounds, both included. */
  public static SettingKey<Integer> integer(
      String name, int defaultValue, int least, int most, String description) {
    return new SettingKey<>(
        name,
        "number " + least + ".." + most,
        Integer.toString(defaultValue),
        description,
        text -> {
          int value;
          try {
            value = Integer.parseInt(text);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number", e);
          }
          if (value < least || value > most) {
            throw new IllegalArgumentException("expected " + least + " to " + most);
          }
          return value;
        });
  }

  /** An ISO-8601 duration such as {@code PT60M} or {@code P7D}, between two bounds, included. */
  public static SettingKey<Duration> duration(
      String name, String defaultText, Duration least, Duration most, String description) {
    return new SettingKey<>(
        name,
        "duration " + least + ".." + most,
        defaultText,
        description,
        text -> {
          Duration value;
          try {
            value = Duration.parse(text);
          } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                "expected an ISO-8601 duration such as PT60M or P7D", e);
          }
          if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("expected " + least + " to " + most);
          }
          return value;
        });
  }

  /** A size in bytes with an optional binary unit: {@code 2GiB}, {@code 500MiB}, {@code 64KiB}. */
  public static SettingKey<Long> bytes(
      String name, String defaultText, long least, long most, String description) {
    return new SettingKey<>(
        name,
        "bytes",
        defaultText,
        description,
        text -> {
          long value = parseBytes(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("expected " + least + " to " + most + " bytes");
          }
          return value;
        });
  }

  /** Comma-separated words, trimmed; empty text is the empty list. */
  public static SettingKey<List<String>> list(String name, String defaultText, String description) {
    return new SettingKey<>(name, "list", defaultText, description, SettingKey::split);
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private static long parseBytes(String text) {
    String[] units = {"KiB", "MiB", "GiB"};
    long factor = 1;
    String number = text;
    for (int i = 0; i < units.length; i++) {
      if (text.toLowerCase(Locale.ROOT).endsWith(units[i].toLowerCase(Locale.ROOT))) {
        factor = 1L << (10 * (i + 1));
        number = text.substring(0, text.length() - 3).trim();
      }
    }
    try {
      return Math.multiplyExact(Long.parseLong(number), factor);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("expected a size such as 2GiB, 500MiB or 65536", e);
    }
  }
}
