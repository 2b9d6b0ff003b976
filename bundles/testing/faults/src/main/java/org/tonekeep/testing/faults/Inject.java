package org.tonekeep.testing.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tries all points, or a sample of them. */
public final class Inject {
  private Inject() {}

  /**
   * {@code Inject FOLDER [SAMPLE [SEED]]}: works in the folder, prints every point, and ends with
   * status 1 when anything is wrong. Without a sample all points are tried.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of(args[0]));
    int sample = args.length > 1 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    Outcome outcome = run(work, sample, seed, System.out);
    System.out.println(outcome.summary());
    outcome.wrong().forEach(System.out::println);
    System.exit(outcome.wrong().isEmpty() ? 0 : 1);
  }

  /** What came of it. */
  record Outcome(String summary, List<String> wrong) {}

  /** Whether this machine lets us. */
  static boolean possible(Path work) throws IOException, InterruptedException {
    return Strace.works(work);
  }

  static Outcome run(Path work, int sample, long seed, PrintStream log)
      throws IOException, InterruptedException {
    try (Siege siege = new Siege(work, log)) {
      Map<String, Integer> counts = siege.counts();
      List<Point> points = new ArrayList<>(Siege.points(counts));
      log.println("The script's calls: " + counts + "; " + points.size() + " points, seed " + seed);
      if (sample < points.size()) {
        Collections.shuffle(points, new Random(seed));
        points = points.subList(0, sample);
      }
      for (Point point : points) {
        siege.attempt(point);
      }
      return new Outcome(siege.summary(), siege.wrong());
    }
  }
}
