package org.tonekeep.testing.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The source tree with what was built in it.
 *
 * @param root the folder of the parent pom
 */
record House(Path root) {
  /** The floors under {@code bundles/}, besides the api, which is a floor of one bundle. */
  static final List<String> FLOORS = List.of("core", "concerns", "adapters", "faces", "testing");

  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "vendor");
  private static final Set<String> TEXT =
      Set.of(
          "java",
          "js",
          "css",
          "html",
          "svg",
          "xml",
          "sql",
          "md",
          "cfg",
          "conf",
          "properties",
          "bnd",
          "sh");

  /** The tree that this module was built in. */
  static House here() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("bundles/api"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("Not run inside of the tree");
      }
    }
    return new House(folder);
  }

  /** All bundles and test modules: the folders of the floors that have a pom. */
  List<Room> rooms() {
    List<Room> rooms = new ArrayList<>();
    if (Files.exists(root.resolve("bundles/api/pom.xml"))) {
      rooms.add(new Room(root.resolve("bundles/api"), "api", "api"));
    }
    for (String floor : FLOORS) {
      Path folder = root.resolve("bundles").resolve(floor);
      for (Path child : Files.isDirectory(folder) ? children(folder) : List.<Path>of()) {
        if (Files.exists(child.resolve("pom.xml"))) {
          rooms.add(new Room(child, floor, child.getFileName().toString()));
        }
      }
    }
    return rooms;
  }

  /** The bundles that the distribution may hold: all floors but testing. */
  List<Room> shipped() {
    return rooms().stream().filter(Room::shipped).toList();
  }

  /** Our own text files: without what was built, and without other people's files. */
  List<Path> texts() {
    return files(root).stream().filter(f -> TEXT.contains(ending(f))).toList();
  }

  /** The path from the root, with {@code /}. */
  String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  static List<Path> files(Path folder) {
    List<Path> found = new ArrayList<>();
    for (Path child : Files.isDirectory(folder) ? children(folder) : List.<Path>of()) {
      String name = child.getFileName().toString();
      if (!Files.isDirectory(child)) {
        found.add(child);
      } else if (!name.startsWith(".") && !NOT_OURS.contains(name)) {
        found.addAll(files(child));
      }
    }
    return found;
  }

  static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The file's text, empty when there is no such file. */
  static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
