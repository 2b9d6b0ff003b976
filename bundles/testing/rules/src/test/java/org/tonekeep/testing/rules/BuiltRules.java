package org.tonekeep.testing.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What the built bundles say of themselves. There are no exceptions to these.
 *
 * @param house the tree, built
 */
record BuiltRules(House house) {
  private static final String OURS = "org.tonekeep.";

  Map<String, List<String>> all() {
    return Map.of(
        "every bundle is built", built(),
        "a bundle is named after its folder", names(),
        "nothing is exported outside of an api package", exports(),
        "a bundle imports only api packages of ours", imports(),
        "the api bundle has no components", apiComponents());
  }

  List<String> built() {
    return house.shipped().stream()
        .filter(room -> room.jar().isEmpty() || !Files.isDirectory(room.classes()))
        .map(room -> room.address() + " is not built: run mvn verify in " + house.root())
        .toList();
  }

  List<String> names() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      String name = header(room, "Bundle-SymbolicName", room.symbolicName());
      if (!name.equals(room.symbolicName())) {
        wrong.add(room.address() + " calls itself " + name);
      }
    }
    return wrong;
  }

  List<String> exports() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      for (String name : ManifestHeader.paths(header(room, "Export-Package", ""))) {
        if (!room.api() || !name.matches("org\\.tonekeep\\.[a-z0-9]+\\.api")) {
          wrong.add(room.address() + " exports " + name);
        }
      }
    }
    return wrong;
  }

  List<String> imports() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      for (String header : List.of("Import-Package", "DynamicImport-Package")) {
        for (String name : ManifestHeader.paths(header(room, header, ""))) {
          if (name.equals("*")
              || (name.startsWith(OURS) && !name.matches("org\\.tonekeep\\.[a-z0-9]+\\.api"))) {
            wrong.add(room.address() + " imports " + name);
          }
        }
      }
    }
    return wrong;
  }

  List<String> apiComponents() {
    return house.shipped().stream()
        .filter(Room::api)
        .filter(room -> !header(room, "Service-Component", "").isEmpty())
        .map(room -> room.address() + " has " + header(room, "Service-Component", ""))
        .toList();
  }

  private String header(Room room, String name, String absent) {
    return room.jar()
        .map(BuiltRules::headers)
        .map(headers -> headers.getValue(name))
        .orElse(absent);
  }

  private static Attributes headers(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest == null ? new Attributes() : manifest.getMainAttributes();
    } catch (IOException e) {
      throw new UncheckedIOException(jar + " cannot be read", e);
    }
  }
}
