package org.tonekeep.testing.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Laws that only the text of the sources can break.
 *
 * @param house the tree
 */
record SourceRules(House house) {
  private static final int MOST_LINES = 400;
  // In two pieces, for this file is held against the rule as well.
  private static final Pattern UNDONE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
  private static final Pattern THROWS = Pattern.compile("\\bthrows\\s+Exception\\b");
  private static final Pattern CATCHES =
      Pattern.compile("catch\\s*\\(\\s*(final\\s+)?(Exception|Throwable)\\b");
  private static final Set<String> CODE = Set.of("java", "js");

  Map<String, List<String>> all() {
    return Map.of(
        "no file of code over 400 lines", lengths(),
        "nothing is left undone in a comment", undone(),
        "every package states its law and is null-marked", packages(),
        "sources lie in the package of their folder", folders(),
        "nobody throws Exception", throwing(),
        "no resource catches Exception", catching());
  }

  List<String> lengths() {
    return house.texts().stream()
        .filter(f -> CODE.contains(House.ending(f)))
        .filter(f -> House.text(f).lines().count() > MOST_LINES)
        .map(f -> house.name(f) + " has " + House.text(f).lines().count() + " lines")
        .toList();
  }

  List<String> undone() {
    return house.texts().stream()
        .filter(f -> UNDONE.matcher(House.text(f)).find())
        .map(f -> house.name(f) + " leaves something undone")
        .toList();
  }

  List<String> packages() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.rooms()) {
      for (Path folder : room.mainJava().stream().map(Path::getParent).distinct().toList()) {
        String text = House.text(folder.resolve("package-info.java"));
        if (!text.contains("/**") || !text.contains("@NullMarked")) {
          wrong.add(house.name(folder) + " has no package-info with its law and @NullMarked");
        }
      }
    }
    return wrong;
  }

  List<String> folders() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.shipped()) {
      String name = room.name().replace('-', '/');
      String inside =
          room.api() ? "org/tonekeep/[a-z0-9]+/api/[^/]+" : "org/tonekeep/" + name + "/internal/.+";
      for (Path file : room.mainJava()) {
        String path = new House(room.folder().resolve("src/main/java")).name(file);
        if (!path.matches(inside)) {
          wrong.add(house.name(file) + " is outside of its bundle's packages");
        }
      }
    }
    return wrong;
  }

  List<String> throwing() {
    return in(THROWS, f -> true, "throws Exception");
  }

  List<String> catching() {
    return in(CATCHES, f -> house.name(f).contains("/internal/rest/"), "catches Exception");
  }

  private List<String> in(Pattern pattern, Predicate<Path> where, String words) {
    return house.shipped().stream()
        .flatMap(room -> room.mainJava().stream())
        .filter(where)
        .filter(f -> pattern.matcher(House.text(f)).find())
        .map(f -> house.name(f) + " " + words)
        .toList();
  }
}
