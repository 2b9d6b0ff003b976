package org.tonekeep.testing.rules;

import java.util.ArrayList;
import java.util.List;

/** Reads package headers of manifests: {@code a.b;version="[1,2)",c.d;uses:="e,f"}. */
final class ManifestHeader {
  private ManifestHeader() {}

  /** The names of all clauses, without their attributes. */
  static List<String> paths(String header) {
    List<String> paths = new ArrayList<>();
    boolean quoted = false;
    StringBuilder clause = new StringBuilder();
    for (char c : (header + ",").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        add(paths, clause.toString());
        clause.setLength(0);
      } else if (!quoted) {
        clause.append(c);
      }
    }
    return paths;
  }

  private static void add(List<String> paths, String clause) {
    for (String part : clause.split(";")) {
      if (!part.contains("=") && !part.isBlank()) {
        paths.add(part.strip());
      }
    }
  }
}
