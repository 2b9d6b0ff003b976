package org.tonekeep.testing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/**
 * The list of planted faults fits the tree: whoever changes such a line changes its fault with it.
 * That the tests catch them is tried by {@code bundles/testing/bench/run faults}.
 */
public final class PlantedFaultsTest {
  private static final int AT_LEAST = 60;

  private final House house = House.here();

  @Test
  public void shouldFitTheTree() {
    Path list = house.root().resolve("bundles/testing/bench/planted.txt");
    Set<String> words = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (String block : House.text(list).split("\n\n")) {
      String[] lines = block.strip().split("\n");
      if (!lines[0].startsWith("fault ")) {
        continue;
      }
      words.add(lines[0]);
      if (lines.length == 5) {
        look(lines, wrong);
      } else {
        wrong.add(lines[0] + ": has lines fault, file, find, with, test");
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(words).hasSizeGreaterThanOrEqualTo(AT_LEAST);
  }

  private void look(String[] lines, List<String> wrong) {
    Path file = house.root().resolve(lines[1].substring(6));
    String find = lines[2].substring(6).replace("\\n", "\n");
    String text = Files.exists(file) ? House.text(file) : "";
    int first = text.indexOf(find);
    if (first < 0 || text.indexOf(find, first + 1) >= 0) {
      wrong.add(lines[0] + ": this should be once in " + lines[1].substring(6) + ": " + find);
    }
    String[] test = lines[4].substring(6).split(" ");
    for (String name : test[1].split(",")) {
      boolean found =
          House.files(house.root().resolve(test[0]).resolve("src/test")).stream()
              .anyMatch(one -> one.endsWith(name + ".java"));
      if (!found) {
        wrong.add(lines[0] + ": there is no " + name + " in " + test[0]);
      }
    }
  }
}
