package org.tonekeep.itests;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends requests round and round on several threads, and remembers each that went wrong. While a
 * bundle comes and goes, what needs it may be refused, in words; it may not fail.
 */
final class Load {
  private static final int THREADS = 4;
  private static final int SHOWN = 5;
  private static final int MOST = 400;

  /** Nobody knows the session, the feature is off, or something is away for now. */
  private static final Set<Integer> REFUSALS = Set.of(403, 401, 404, 503);

  private final String bundle;
  private final List<Probe> probes;
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong rounds = new AtomicLong();
  private volatile String phase = "before";
  private volatile boolean running = true;

  /**
   * A request that must be answered while any bundle but those that it needs is away.
   *
   * @param needs symbolic names without {@code org.tonekeep.}
   */
  record Probe(String what, Call call, int status, Set<String> needs) {
    /** Empty, or what was wrong with the answer. */
    String complaint() throws IOException, InterruptedException {
      return complaint(false);
    }

    private String complaint(boolean refusable) throws IOException, InterruptedException {
      HttpResponse<?> answer = call.send();
      int got = answer.statusCode();
      return got == status || (refusable && REFUSALS.contains(got))
          ? ""
          : shortened(what + " answered " + got + " " + answer.body());
    }
  }

  private static String shortened(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + " …";
  }

  /** Sends a request. */
  @FunctionalInterface
  interface Call {
    HttpResponse<?> send() throws IOException, InterruptedException;
  }

  private Load(String bundle, List<Probe> probes) {
    this.bundle = bundle;
    this.probes = probes;
  }

  /** Begins to ask, while the bundle will come and go. */
  static Load around(String bundle, List<Probe> probes) {
    Load load = new Load(bundle, probes);
    for (int i = 0; i < THREADS; i++) {
      int offset = i;
      Thread thread = new Thread(() -> load.go(offset), "load-" + i);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  private void go(int offset) {
    for (int i = offset; running; i++) {
      Probe probe = probes.get(i % probes.size());
      String when = phase;
      try {
        String complaint = probe.complaint(probe.needs().contains(bundle));
        if (!complaint.isEmpty()) {
          failures.add(when + ": " + complaint);
        }
      } catch (IOException e) {
        failures.add(when + ": " + probe.what() + " " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      rounds.incrementAndGet();
    }
  }

  /** Waits until every request was sent some five times more: many fell into the phase. */
  void phase(String name) throws Exception {
    phase = name;
    long goal = rounds.get() + 5L * probes.size() + THREADS;
    Patience.until("the load goes on, " + name, () -> rounds.get() >= goal);
  }

  /** Waits for the requests that are under way. */
  void end() throws InterruptedException {
    running = false;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** The first failures; empty when none. */
  List<String> failures() {
    List<String> all = List.copyOf(failures);
    if (all.size() <= SHOWN) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, SHOWN));
    some.add("and " + (all.size() - SHOWN) + " more");
    return some;
  }
}
