package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs cases, several at a time; after each group the victim must have what was there before. */
final class Isolation {
  private static final int AT_ONCE = 6;

  private final IsolationSite site;
  private final Set<String> names = new HashSet<>();

  Isolation(IsolationSite site) {
    this.site = site;
  }

  /** How many different cases ran. */
  int count() {
    return names.size();
  }

  /** Gives what is wrong, a text for each case that found something. */
  List<String> run(List<Case> cases) throws Exception {
    Map<String, List<Case>> groups = new LinkedHashMap<>();
    for (Case one : cases) {
      assertThat(names.add(one.name())).as("%s is there once", one.name()).isTrue();
      groups.computeIfAbsent(one.group(), group -> new ArrayList<>()).add(one);
    }
    List<String> wrong = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Set<String> before = site.belongingsNow();
      for (Map.Entry<String, List<Case>> group : groups.entrySet()) {
        tryAll(group.getValue(), threads, wrong);
        Set<String> after = site.belongingsNow();
        if (!after.equals(before)) {
          wrong.add(
              "The victim's belongings changed by " + group.getKey() + difference(before, after));
          before = after;
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return wrong;
  }

  private static void tryAll(List<Case> cases, ExecutorService threads, List<String> wrong)
      throws Exception {
    Map<Case, Future<String>> answers = new LinkedHashMap<>();
    cases.forEach(one -> answers.put(one, threads.submit(() -> tried(one))));
    for (Map.Entry<Case, Future<String>> answer : answers.entrySet()) {
      if (!answer.getValue().get().isEmpty()) {
        wrong.add(answer.getKey().name() + ": " + answer.getValue().get());
      }
    }
  }

  private static String tried(Case one) throws Exception {
    try {
      return one.complaint().call();
    } catch (IOException | AssertionError e) {
      return "no answer: " + e;
    }
  }

  private static String difference(Set<String> before, Set<String> after) {
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(after);
    Set<String> come = new TreeSet<>(after);
    come.removeAll(before);
    return ": gone " + gone + ", come " + come;
  }
}
