package org.tonekeep.persistence.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/** Reads {@code migrations/<unit>/NNNN_words.sql} of a bundle. */
final class BundleMigrations {
  private BundleMigrations() {}

  /** The migrations by unit; empty for a bundle that stores nothing. */
  static Map<String, List<Migration>> of(Bundle bundle) {
    Map<String, List<Migration>> units = new TreeMap<>();
    Enumeration<URL> files = bundle.findEntries("migrations", "*.sql", true);
    for (URL file : files == null ? List.<URL>of() : Collections.list(files)) {
      String[] path = file.getPath().split("/");
      units
          .computeIfAbsent(path[path.length - 2], unit -> new ArrayList<>())
          .add(Migration.of(path[path.length - 1], read(file)));
    }
    return units;
  }

  private static String read(URL file) {
    try (InputStream in = file.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MigrationException("A migration cannot be read: " + file.getPath(), e);
    }
  }
}
