package org.tonekeep.auth.internal;

import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
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
  private static final String PENDING = "pending-%d@example.org";
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
        for (int i = 0; i < ACCOUNTS; i++) {
          signUp(bundle, PENDING.formatted(i));
        }
        bundle.jobs.work(bundle.job);
        measure(engine + " login", pairs, email -> logIn(bundle, email, "wrong one"));
        // A stranger's own password: right for an address that he signed up, wrong for another.
        measure(
            engine + " login after a sign-up (unknown: unconfirmed)",
            pairs,
            email ->
                logIn(
                    bundle,
                    email.replace("nobody", "pending"),
                    email.startsWith("nobody") ? PASSWORD : "of the stranger"));
        measure(engine + " sign-up", pairs, email -> signUp(bundle, email));
        measure(
            engine + " forgot", pairs * 10, email -> bundle.recovery.forgot(ALICE, email, PEER));
      }
    }
  }

  private static void logIn(TestAuth bundle, String email, String password) {
    try {
      Object unused =
          bundle.auth.logIn(ALICE, Optional.empty(), email, new Proof(password, ""), PEER);
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

  /** What an answer took: by the clock, and of processor (which a busy machine blurs less). */
  private record Took(double millis, double cpuMillis) {}

  private static void measure(String what, int pairs, Consumer<String> act) {
    Took[] known = new Took[pairs];
    Took[] unknown = new Took[pairs];
    for (int i = -pairs / 10; i < pairs; i++) { // the first tenth warms up
      boolean first = i % 2 == 0;
      Took a = took(act, (first ? KNOWN : UNKNOWN).formatted(Math.floorMod(i, ACCOUNTS)));
      Took b = took(act, (first ? UNKNOWN : KNOWN).formatted(Math.floorMod(i, ACCOUNTS)));
      if (i >= 0) {
        known[i] = first ? a : b;
        unknown[i] = first ? b : a;
      }
    }
    print(what, "time", known, unknown, Took::millis);
    print(what, "processor", known, unknown, Took::cpuMillis);
  }

  private static void print(
      String what, String unit, Took[] known, Took[] unknown, ToDoubleFunction<Took> of) {
    double[] a = Arrays.stream(known).mapToDouble(of).toArray();
    double[] b = Arrays.stream(unknown).mapToDouble(of).toArray();
    System.out.printf(
        Locale.ROOT,
        "%s, %s: %d pairs, median known %.2f ms, unknown %.2f ms, gap %.3f ms, t = %.2f%n",
        what,
        unit,
        a.length,
        median(a),
        median(b),
        median(a) - median(b),
        welch(a, b));
  }

  private static Took took(Consumer<String> act, String email) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    act.accept(email);
    double millis = (System.nanoTime() - begun) / 1e6;
    return new Took(millis, (threads.getCurrentThreadCpuTime() - cpu) / 1e6);
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
