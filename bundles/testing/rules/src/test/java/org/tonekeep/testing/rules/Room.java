package org.tonekeep.testing.rules;

import java.nio.file.Path;
import java.util.List;

/**
 * One module below {@code bundles/}.
 *
 * @param floor {@code api} or one of {@link House#FLOORS}
 * @param name the folder's name
 */
record Room(Path folder, String floor, String name) {
  /** The address in the map, such as {@code core/tenant}. */
  String address() {
    return floor.equals("api") ? "api" : floor + "/" + name;
  }

  boolean shipped() {
    return !floor.equals("testing");
  }

  boolean api() {
    return floor.equals("api");
  }

  String artifact() {
    return "tonekeep-" + name;
  }

  String symbolicName() {
    return "org.tonekeep." + name.replace('-', '.');
  }

  Path classes() {
    return folder.resolve("target/classes");
  }

  List<Path> mainJava() {
    return java("src/main/java");
  }

  private List<Path> java(String sources) {
    return House.files(folder.resolve(sources)).stream()
        .filter(f -> House.ending(f).equals("java"))
        .toList();
  }
}
