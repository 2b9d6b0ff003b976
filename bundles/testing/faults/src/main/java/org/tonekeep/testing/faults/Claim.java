package org.tonekeep.testing.faults;

import java.util.List;

/**
 * A line that the child says before an act ({@code done} is false) and after it. What it said after
 * is promised.
 *
 * @param number of the act in this run, so that the two lines find each other
 * @param words the verb and what it is about
 */
record Claim(boolean done, int number, List<String> words) {
  private static final String DONE = "done";
  private static final String BEGUN = "begun";

  static Claim begun(int number, String... words) {
    return new Claim(false, number, List.of(words));
  }

  static Claim done(int number, String... words) {
    return new Claim(true, number, List.of(words));
  }

  static boolean isClaim(String line) {
    return line.startsWith(DONE + " ") || line.startsWith(BEGUN + " ");
  }

  static Claim of(String line) {
    List<String> parts = List.of(line.split(" ", -1));
    return new Claim(
        parts.get(0).equals(DONE), Integer.parseInt(parts.get(1)), parts.subList(2, parts.size()));
  }

  String verb() {
    return words.get(0);
  }

  String word(int index) {
    return words.get(index);
  }

  @Override
  public String toString() {
    return (done ? DONE : BEGUN) + " " + number + " " + String.join(" ", words);
  }
}
