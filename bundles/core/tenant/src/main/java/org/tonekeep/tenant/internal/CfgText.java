package org.tonekeep.tenant.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a {@code .cfg} file, in the notation of {@code java.util.Properties}: read with the
 * place of every entry, so that one entry can be changed and every other byte stays.
 */
final class CfgText {
  private final String text;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * An entry of the file.
   *
   * @param value trimmed, with escapes and continued lines resolved
   * @param line where it begins, from 1
   * @param separator text between key and value as written; empty when the key stands alone
   * @param start index of the first character of the value as written
   * @param end index after its last character, before the line's end
   */
  record Entry(String key, String value, int line, String separator, int start, int end) {}

  /**
   * @throws IllegalArgumentException for a malformed escape, naming the line
   */
  CfgText(String text) {
    this.text = text;
    // Editors of some systems put a byte order mark in front.
    int at = text.startsWith("\uFEFF") ? 1 : 0;
    int line = 1;
    while (at < text.length()) {
      int start = skipBlanks(at);
      if (start == text.length()) {
        break;
      }
      char first = text.charAt(start);
      boolean content = !isEol(first) && first != '#' && first != '!';
      int end = content ? logicalEnd(start) : naturalEnd(start);
      if (content) {
        entries.add(entry(start, end, line));
      }
      line += 1 + lineEnds(start, end);
      at = afterEol(end);
    }
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The value of the first entry with this key. */
  Optional<String> value(String key) {
    return find(key).map(Entry::value);
  }

  /**
   * The same text with another list as the value of the key. A list that was written over several
   * lines stays so; a key that is not there is added at the end.
   *
   * @param items plain words that need no escapes
   */
  String withList(String key, List<String> items) {
    Optional<Entry> found = find(key);
    if (found.isEmpty()) {
      String gap = text.isEmpty() || isEol(text.charAt(text.length() - 1)) ? "" : eol();
      return text + gap + key + " = " + String.join(", ", items) + eol();
    }
    Entry entry = found.get();
    String separator = entry.separator.isEmpty() ? " = " : "";
    return text.substring(0, entry.start)
        + separator
        + listLike(text.substring(entry.start, entry.end), items)
        + text.substring(entry.end);
  }

  private String listLike(String old, List<String> items) {
    int broken = 0;
    while (broken < old.length() && !isEol(old.charAt(broken))) {
      broken++;
    }
    if (broken == old.length() || items.isEmpty()) {
      return String.join(", ", items);
    }
    int indent = broken;
    while (indent < old.length() && (isEol(old.charAt(indent)) || isBlank(old.charAt(indent)))) {
      indent++;
    }
    String next = "\\" + old.substring(broken, indent);
    String lead = old.substring(0, broken).strip().equals("\\") ? next : "";
    return lead + String.join(", " + next, items);
  }

  private Optional<Entry> find(String key) {
    return entries.stream().filter(e -> e.key.equals(key)).findFirst();
  }

  private Entry entry(int start, int end, int line) {
    int at = start;
    while (at < end
        && !isBlank(text.charAt(at))
        && text.charAt(at) != '='
        && text.charAt(at) != ':') {
      at = text.charAt(at) == '\\' ? afterEscape(at, end) : at + 1;
    }
    String key = decode(start, at, line);
    int value = skipBlanks(at, end);
    if (value < end && (text.charAt(value) == '=' || text.charAt(value) == ':')) {
      value = skipBlanks(value + 1, end);
    }
    return new Entry(
        key, decode(value, end, line).strip(), line, text.substring(at, value), value, end);
  }

  private int afterEscape(int backslash, int end) {
    int next = backslash + 1;
    if (next < end && isEol(text.charAt(next))) {
      return skipBlanks(afterEol(next), end);
    }
    return Math.min(next + 1, end);
  }

  private String decode(int from, int to, int line) {
    StringBuilder out = new StringBuilder();
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.append(c);
        at++;
        continue;
      }
      int next = at + 1;
      if (next < to && !isEol(text.charAt(next))) {
        char escaped = text.charAt(next);
        if (escaped == 'u') {
          out.append(unicode(next + 1, to, line));
          at = next + 5;
          continue;
        }
        out.append(plain(escaped));
      }
      at = afterEscape(at, to);
    }
    return out.toString();
  }

  private char unicode(int from, int to, int line) {
    String hex = text.substring(from, Math.min(from + 4, to));
    if (!hex.matches("[0-9a-fA-F]{4}")) {
      throw new IllegalArgumentException(
          "line " + line + " has a malformed escape: \\u needs four hexadecimal digits");
    }
    return (char) Integer.parseInt(hex, 16);
  }

  private static char plain(char escaped) {
    return switch (escaped) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      default -> escaped;
    };
  }

  private int logicalEnd(int from) {
    int at = from;
    while (at < text.length() && !isEol(text.charAt(at))) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at = isEol(text.charAt(at + 1)) ? afterEol(at + 1) : at + 2;
      } else {
        at++;
      }
    }
    return at;
  }

  private int naturalEnd(int from) {
    int at = from;
    while (at < text.length() && !isEol(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int lineEnds(int from, int to) {
    int count = 0;
    int at = from;
    while (at < to) {
      if (isEol(text.charAt(at))) {
        count++;
        at = afterEol(at);
      } else {
        at++;
      }
    }
    return count;
  }

  private int afterEol(int at) {
    if (at >= text.length()) {
      return text.length();
    }
    boolean both = text.startsWith("\r\n", at);
    return at + (both ? 2 : 1);
  }

  private int skipBlanks(int from) {
    return skipBlanks(from, text.length());
  }

  private int skipBlanks(int from, int to) {
    int at = from;
    while (at < to && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private String eol() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isEol(char c) {
    return c == '\n' || c == '\r';
  }
}
