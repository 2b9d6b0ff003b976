package org.tonekeep.testing.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tonekeep.persistence.internal.Migration;

/** Finds {@code migrations/<unit>/*.sql} on the class path, in a folder or a jar. */
final class ClassPathMigrations {
  private ClassPathMigrations() {}

  static List<Migration> of(String unit) {
    String folder = "migrations/" + unit;
    ClassLoader loader = ClassPathMigrations.class.getClassLoader();
    URL found = loader.getResource(folder);
    if (found == null) {
      throw new IllegalArgumentException("No " + folder + " on the class path");
    }
    try {
      List<Migration> migrations = new ArrayList<>();
      for (String name : names(found, folder)) {
        try (InputStream in = loader.getResourceAsStream(folder + "/" + name)) {
          if (in == null) {
            throw new IOException("Vanished: " + name);
          }
          migrations.add(Migration.of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
      }
      return migrations;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(URL found, String folder) throws IOException {
    if (found.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(folder + "/") && name.endsWith(".sql"))
          .map(name -> name.substring(folder.length() + 1))
          .toList();
    }
    try (Stream<Path> files = Files.list(Path.of(found.toURI()))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".sql"))
          .toList();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
