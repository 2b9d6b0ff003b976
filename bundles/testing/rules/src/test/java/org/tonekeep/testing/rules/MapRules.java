package org.tonekeep.testing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a newcomer reads is true: README files and the map.
 *
 * @param house the tree
 */
record MapRules(House house) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([a-z][a-z0-9/-]*)/README\\.md\\)");

  Map<String, List<String>> all() {
    return Map.of(
        "every bundle has a README that says what personal data it holds", readmes(),
        "the map in bundles/README.md has one line per bundle", map());
  }

  List<String> readmes() {
    List<String> wrong = new ArrayList<>();
    for (Room room : house.rooms()) {
      String text = House.text(room.folder().resolve("README.md"));
      if (text.isBlank()) {
        wrong.add(room.address() + " has no README.md");
      } else if (room.shipped()
          && !text.toLowerCase(java.util.Locale.ROOT).contains("personal data")) {
        wrong.add(room.address() + " does not say in its README what personal data it holds");
      }
    }
    return wrong;
  }

  List<String> map() {
    List<String> drawn = new ArrayList<>();
    Matcher links = LINK.matcher(House.text(house.root().resolve("bundles/README.md")));
    while (links.find()) {
      drawn.add(links.group(1));
    }
    List<String> standing = house.rooms().stream().map(Room::address).toList();
    Stream<String> missing =
        standing.stream().filter(s -> !drawn.contains(s)).map(s -> s + " is not in the map");
    Stream<String> gone =
        drawn.stream().filter(d -> !standing.contains(d)).map(d -> d + " is only in the map");
    Stream<String> twice =
        drawn.stream()
            .filter(d -> drawn.indexOf(d) != drawn.lastIndexOf(d))
            .distinct()
            .map(d -> d + " is twice in the map");
    return Stream.of(missing, gone, twice).flatMap(s -> s).toList();
  }
}
