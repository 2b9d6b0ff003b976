package org.tonekeep.testing.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Configuration files that teach, and a NOTICE that names whose work we ship.
 *
 * @param house the tree
 */
record PaperRules(House house) {
  private static final Pattern PID = Pattern.compile("configurationPid\\s*=\\s*\"([^\"]+)\"");
  private static final Pattern REQUIREMENT =
      Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\|[^|]*\\| ([^|]*) \\|$");
  private static final Pattern MAVEN = Pattern.compile("<bundle[^>]*>mvn:([^/]+)/([^/]+)/");
  private static final Pattern COMPILED =
      Pattern.compile(
          "<dependency><groupId>([^<]+)</groupId><artifactId>([^<]+)</artifactId>"
              + "(?:<version>[^<]+</version>)?</dependency>");
  private static final Pattern UNPACKED =
      Pattern.compile("<artifactItem>\\s*<groupId>[^<]+</groupId><artifactId>([^<]+)</artifactId>");
  private static final Pattern INCLUDED =
      Pattern.compile("[@=]([a-z][a-z0-9.-]*?)-(?:\\*|\\[|\\$)");

  Map<String, List<String>> all() {
    return Map.of(
        "every configuration file teaches", comments(),
        "every PID has its file in config/", pids(),
        "NOTICE names every library that is shipped", notice(),
        "every requirement in ASVS.md points to a test that exists", requirements());
  }

  List<String> comments() {
    return House.files(house.root().resolve("config")).stream()
        .filter(f -> House.ending(f).equals("cfg") || House.ending(f).equals("properties"))
        .filter(f -> !House.text(f).startsWith("#"))
        .map(f -> house.name(f) + " does not begin with what it is for")
        .toList();
  }

  /** Lines of the table: {@code | 6.2.1 | what is met | Test.method, Test.method |}. */
  List<String> requirements() {
    Map<String, String> tests = new TreeMap<>();
    for (String part : List.of("bundles", "karaf-assembly")) {
      for (Path file : House.files(house.root().resolve(part))) {
        if (house.name(file).contains("/src/test/") && House.ending(file).equals("java")) {
          tests.merge(
              file.getFileName().toString().replace(".java", ""), House.text(file), String::concat);
        }
      }
    }
    List<String> wrong = new ArrayList<>();
    Path table = house.root().resolve("bundles/testing/ASVS.md");
    Matcher row = REQUIREMENT.matcher(House.text(table));
    while (row.find()) {
      for (String proof : row.group(2).split(",")) {
        String[] names = proof.strip().split("\\.");
        if (names.length != 2
            || !tests.getOrDefault(names[0], "").contains(" void " + names[1] + "(")) {
          wrong.add(house.name(table) + ": " + row.group(1) + " points to nothing: " + proof);
        }
      }
    }
    return wrong;
  }

  List<String> pids() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      for (Path file : room.mainJava()) {
        Matcher pid = PID.matcher(House.text(file));
        while (pid.find()) {
          if (!Files.exists(house.root().resolve("config/" + pid.group(1) + ".cfg"))) {
            wrong.add(room.address() + " reads " + pid.group(1) + ", which config/ does not teach");
          }
        }
      }
    }
    return wrong;
  }

  List<String> notice() {
    String notice = House.text(house.root().resolve("NOTICE"));
    List<String> wrong = new ArrayList<>();
    shippedLibraries()
        .forEach(
            (library, where) -> {
              if (!Pattern.compile("(?<![\\w.-])" + Pattern.quote(library) + "(?![\\w-])")
                  .matcher(notice)
                  .find()) {
                wrong.add(library + " of " + where + " is not in NOTICE");
              }
            });
    return wrong;
  }

  /** Artifacts that travel in a bundle of ours or beside it, by where they come from. */
  private Map<String, String> shippedLibraries() {
    Map<String, String> libraries = new TreeMap<>();
    Matcher platform = MAVEN.matcher(House.text(house.root().resolve(FeatureRules.PLATFORM)));
    while (platform.find()) {
      libraries.put(platform.group(2), "features/platform");
    }
    for (Room room : house.shipped()) {
      String pom = House.text(room.folder().resolve("pom.xml"));
      String bnd = House.text(room.folder().resolve("bnd.bnd"));
      Matcher compiled = COMPILED.matcher(pom);
      while (compiled.find()) {
        libraries.put(compiled.group(2), room.address());
      }
      put(UNPACKED.matcher(pom), room, libraries);
      put(INCLUDED.matcher(bnd), room, libraries);
      for (Path file : vendored(room.folder().resolve("src/main"), new ArrayList<>())) {
        libraries.put(file.getFileName().toString().replaceAll("\\..*", ""), room.address());
      }
    }
    return libraries;
  }

  private static void put(Matcher found, Room room, Map<String, String> libraries) {
    while (found.find()) {
      libraries.put(found.group(1), room.address());
    }
  }

  /** Scripts in folders named {@code vendor}. */
  private static List<Path> vendored(Path folder, List<Path> found) {
    for (Path child : Files.isDirectory(folder) ? House.children(folder) : List.<Path>of()) {
      if (Files.isDirectory(child)) {
        vendored(child, found);
      } else if (House.ending(child).equals("js")
          && child.getParent().getFileName().toString().equals("vendor")) {
        found.add(child);
      }
    }
    return found;
  }
}
