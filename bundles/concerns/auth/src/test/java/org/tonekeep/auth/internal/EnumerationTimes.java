package org.tonekeep.auth.internal;

import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.tonekeep.auth.internal.AuthService.Proof;
import org.tonekeep.auth.internal.SignUps.Wish;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/**
 * Measures, by hand, whether the time of an answer tells if an address is known: interleaved pairs
 * of a known and an unknown one, Welch's t (told apart from 4.5 on) and the gap of the medians.
 * Argument: how many pairs of those that hash; ten times as many of those that do not.
 */
final class EnumerationTimes {
  private static final String KNOWN = "known-%d@example.org";
  private static final String UNKNOWN = "nobody-%d@example.org";
  private static final int ACCOUNTS = 5;
  private static final String PASSWORD = "correct horse battery";

  private EnumerationTimes() {}

  public static void main(String[] args) {
    int pairs = Integer.parseInt(args[0]);
    for (Engine engine : Engine.values()) {
      try (TestAuth bundle = new TestAuth(engine)) {
        for (int i = 0; i < ACCOUNTS; i++) {
          Object unused = bundle.signUp(ALICE, KNOWN.formatted(i), PASSWORD, "Ann");
        }
        bundle.sites.set(ALICE, AuthKeys.CONFIRM, "required");
        measure(engine + " login", pairs, email -> logIn(bundle, email));
        measure(engine + " sign-up", pairs, email -> signUp(bundle, email));
        measure(
            engine + " forgot", pairs * 10, email -> bundle.recovery.forgot(ALICE, email, PEER));
      }
    }
  }

  private static void logIn(TestAuth bundle, String email) {
    try {
      Object unused =
          bundle.auth.logIn(ALICE, Optional.empty(), email, new Proof("wrong one", ""), PEER);
    } catch (ProblemException e) {
      if (!e.code().equals("bad-credentials")) {
        throw e;
      }
    }
  }

  private static void signUp(TestAuth bundle, String email) {
    Object unused =
        bundle.signUps.signUp(ALICE, Optional.empty(), new Wish(email, PASSWORD, "", "Ann"), PEER);
  }

  private static void measure(String what, int pairs, Consumer<String> act) {
    double[] known = new double[pairs];
    double[] unknown = new double[pairs];
    for (int i = -pairs / 10; i < pairs; i++) { // the first tenth warms up
      boolean first = i % 2 == 0;
      double a = millis(act, (first ? KNOWN : UNKNOWN).formatted(Math.floorMod(i, ACCOUNTS)));
      double b = millis(act, (first ? UNKNOWN : KNOWN).formatted(Math.floorMod(i, ACCOUNTS)));
      if (i >= 0) {
        known[i] = first ? a : b;
        unknown[i] = first ? b : a;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d pairs, median known %.2f ms, unknown %.2f ms, gap %.3f ms, t = %.2f%n",
        what,
        pairs,
        median(known),
        median(unknown),
        median(known) - median(unknown),
        welch(known, unknown));
  }

  private static double millis(Consumer<String> act, String email) {
    long begun = System.nanoTime();
    act.accept(email);
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double welch(double[] a, double[] b) {
    return (mean(a) - mean(b)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
