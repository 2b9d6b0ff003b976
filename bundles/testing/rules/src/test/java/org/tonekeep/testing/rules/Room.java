package org.tonekeep.testing.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

  /** The bundle that was built; empty when it was not. */
  Optional<Path> jar() {
    Path target = folder.resolve("target");
    List<Path> files = Files.isDirectory(target) ? House.children(target) : List.of();
    String form = Pattern.quote(artifact()) + "-\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\.jar";
    return files.stream().filter(f -> f.getFileName().toString().matches(form)).findFirst();
  }

  private List<Path> java(String sources) {
    return House.files(folder.resolve(sources)).stream()
        .filter(f -> House.ending(f).equals("java"))
        .toList();
  }
}
