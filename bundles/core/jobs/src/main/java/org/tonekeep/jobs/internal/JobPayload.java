package org.tonekeep.jobs.internal;

import java.util.Map;
import java.util.TreeMap;

/**
 * A job's payload as one text: {@code name=value} lines; backslash escapes newline, '=' and itself.
 */
final class JobPayload {
  private static final int MAX_ENTRY = 100;

  private JobPayload() {}

  /**
   * Writes the payload.
   *
   * @throws IllegalArgumentException when an entry (name and value together) has more than 100
   *     characters
   */
  static String write(Map<String, String> payload) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(payload)
        .forEach(
            (name, value) -> {
              if (name.length() + value.length() > MAX_ENTRY) {
                throw new IllegalArgumentException("A payload's entry is too long");
              }
              escape(text, name);
              text.append('=');
              escape(text, value);
              text.append('\n');
            });
    return text.toString();
  }

  /** Reads what {@link #write} wrote. */
  static Map<String, String> read(String text) {
    Map<String, String> payload = new TreeMap<>();
    StringBuilder part = new StringBuilder();
    String name = "";
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> {
          char next = text.charAt(++i);
          part.append(next == 'n' ? '\n' : next);
        }
        case '=' -> {
          name = part.toString();
          part.setLength(0);
        }
        case '\n' -> {
          payload.put(name, part.toString());
          part.setLength(0);
        }
        default -> part.append(c);
      }
    }
    return payload;
  }

  private static void escape(StringBuilder text, String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '=', '\\' -> text.append('\\').append(c);
        default -> text.append(c);
      }
    }
  }
}
