package org.tonekeep.itests.blackbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** A9: sessions and app keys, guessed and nearly right. Shares join them when there are some. */
final class GuessFamily {
  private static final int GUESSES = 300;

  private final IsolationSite site;

  GuessFamily(IsolationSite site) {
    this.site = site;
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    Musician victim = site.person("victim");
    String cookie = victim.cookie();
    int value = cookie.indexOf('=') + 1;
    int count = 0;
    for (String near : near(cookie.substring(value))) {
      cases.add(
          new Case(
              "A9 sessions",
              "A9 session of form " + count++,
              () -> unknown(cookie.substring(0, value) + near, "")));
    }
    for (String near : near(site.ids().get("secret"))) {
      cases.add(new Case("A9 keys", "A9 key of form " + count++, () -> unknown("", near)));
    }
    for (String name : List.of("Session", "SESSION", "sess%69on", "__Host-session", "$session")) {
      cases.add(
          new Case(
              "A9 sessions",
              "A9 cookie named " + name,
              () -> unknown(name + cookie.substring(value - 1), "")));
    }
    cases.add(
        new Case(
            "A9 sessions",
            "A9 the real one works",
            () -> unknown(cookie, "").isEmpty() ? "no" : ""));
    return cases;
  }

  /** Every beginning and end, each letter in the other case, and as many guesses. */
  private static Set<String> near(String real) {
    Set<String> near = new LinkedHashSet<>();
    for (int i = 1; i < real.length(); i++) {
      near.add(real.substring(0, i));
      near.add(real.substring(i));
      char c = real.charAt(i);
      char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
      near.add(real.substring(0, i) + other + real.substring(i + 1));
    }
    near.add(real.toLowerCase(Locale.ROOT));
    near.add(real.toUpperCase(Locale.ROOT));
    near.add(real + "A");
    near.add(real + real);
    near.add("\"" + real + "\"x");
    // The same guesses in each run, so that a case can be repeated.
    Random random = new Random(7);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int guess = 0; guess < GUESSES / 2; guess++) {
      StringBuilder made = new StringBuilder();
      for (int i = 0; i < real.length(); i++) {
        boolean fixed = real.charAt(i) == '.' || i < 3;
        made.append(fixed ? real.charAt(i) : letters.charAt(random.nextInt(letters.length())));
      }
      near.add(made.toString());
    }
    near.remove(real);
    return near;
  }

  private String unknown(String cookie, String key) throws Exception {
    String header = key.isEmpty() ? "Cookie: " + cookie : "Authorization: Bearer " + key;
    Wire.Answer answer =
        Wire.get(site.platform(), "/t/" + IsolationSite.HOME + "/api/tracks", header);
    return answer.status() == 401 || answer.status() == 400 ? "" : answer.head();
  }
}
