package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What this bundle remembers between starts: sorted, readable properties in UTF-8. */
final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * @throws IllegalArgumentException when the file is not in the form that {@link #write} gives
   */
  static SortedMap<String, String> read(Path file) {
    try (Reader in = new StringReader(Files.readString(file, StandardCharsets.UTF_8))) {
      Properties loaded = new Properties();
      loaded.load(in);
      SortedMap<String, String> values = new TreeMap<>();
      loaded.stringPropertyNames().forEach(n -> values.put(n, loaded.getProperty(n)));
      return values;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter out = new StringWriter();
    try {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The JDK begins with a comment that holds the time; without it equal values are equal files.
    String text =
        out.toString()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"));
    DurableFile.write(file, text);
  }
}
