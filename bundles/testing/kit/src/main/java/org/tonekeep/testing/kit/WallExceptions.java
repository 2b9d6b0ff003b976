package org.tonekeep.testing.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Statements that work on all tenants at once, as {@code tenant-wall.txt} lists them: a line with
 * the reason behind {@code #}, then one with a pattern for the whole statement in one line.
 */
record WallExceptions(List<Pattern> patterns) {
  static WallExceptions listed() {
    try (InputStream file = TenantWall.class.getResourceAsStream("tenant-wall.txt")) {
      if (file == null) {
        throw new IllegalStateException("tenant-wall.txt is missing");
      }
      return read(new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WallExceptions read(String text) {
    boolean reasoned = false;
    List<Pattern> patterns = new java.util.ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("#")) {
        reasoned = true;
      } else if (!line.isBlank()) {
        if (!reasoned) {
          throw new IllegalStateException("No reason before: " + line);
        }
        patterns.add(Pattern.compile(line, Pattern.CASE_INSENSITIVE));
        reasoned = false;
      }
    }
    return new WallExceptions(List.copyOf(patterns));
  }

  boolean allow(String words) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(words).matches());
  }
}
