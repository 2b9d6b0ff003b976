package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a new tenant can start from, one {@code <profile>.cfg} each. */
final class Profiles {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}\\.cfg");
  private final Path folder;

  Profiles(Path folder) {
    this.folder = folder;
  }

  SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return names;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(f -> String.valueOf(f.getFileName()))
          .filter(n -> NAME.matcher(n).matches())
          .forEach(n -> names.add(n.substring(0, n.length() - ".cfg".length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  /**
   * @throws IllegalArgumentException when there is no such profile
   */
  String text(String profile) {
    if (!names().contains(profile)) {
      throw new IllegalArgumentException(
          "There is no profile '" + profile + "'; there are " + String.join(", ", names()));
    }
    try {
      return Files.readString(folder.resolve(profile + ".cfg"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
