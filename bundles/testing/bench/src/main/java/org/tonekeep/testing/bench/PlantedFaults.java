package org.tonekeep.testing.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Plants each fault of {@code planted.txt} into a copy of the tree and demands that the tests that
 * it names fail. First they must pass without it.
 */
public final class PlantedFaults {
  private static final long LONGEST_MINUTES = 20;

  private PlantedFaults() {}

  /**
   * A fault.
   *
   * @param words what the product would do
   * @param find stands in the file once
   * @param module the folder whose tests catch it
   * @param tests their classes, comma-separated
   */
  record Fault(String words, String file, String find, String with, String module, String tests) {}

  /**
   * Tries them.
   *
   * @param arguments a copy of the tree, which is changed; how many of them, by turns from day to
   *     day (0: all)
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path tree = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    List<Fault> faults =
        turn(read(tree.resolve("bundles/testing/bench/planted.txt")), count, day());
    Set<String> sound = new LinkedHashSet<>();
    int survived = 0;
    for (Fault fault : faults) {
      String tests = fault.module() + " " + fault.tests();
      if (sound.add(tests) && run(tree, fault) != Outcome.PASSED) {
        System.out.println("UNSOUND   " + tests + ": fails without any fault");
        survived++;
        continue;
      }
      Path file = tree.resolve(fault.file());
      String text = Files.readString(file, UTF_8);
      Files.writeString(file, text.replace(fault.find(), fault.with()), UTF_8);
      long start = System.nanoTime();
      Outcome found = run(tree, fault);
      Outcome outcome = found == Outcome.PASSED ? Outcome.SURVIVED : found;
      Files.writeString(file, text, UTF_8);
      survived += outcome == Outcome.CAUGHT ? 0 : 1;
      System.out.printf(
          "%-9s %s (%s, %d s)%n",
          outcome, fault.words(), fault.tests(), (System.nanoTime() - start) / 1_000_000_000);
    }
    System.out.printf("%d faults planted, %d not caught%n", faults.size(), survived);
    System.exit(survived == 0 ? 0 : 1);
  }

  private static long day() {
    return Long.getLong("tonekeep.sample", Instant.now().getEpochSecond() / 86_400);
  }

  private static List<Fault> turn(List<Fault> all, int count, long day) {
    List<Fault> chosen = new ArrayList<>();
    for (int i = 0; i < (count == 0 ? all.size() : count); i++) {
      chosen.add(all.get((int) ((day * count + i) % all.size())));
    }
    return chosen;
  }

  private static List<Fault> read(Path list) throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (String block : Files.readString(list, UTF_8).split("\n\n")) {
      String[] lines = block.strip().split("\n");
      if (lines.length == 5 && lines[0].startsWith("fault ")) {
        String[] test = value(lines[4]).split(" ");
        faults.add(
            new Fault(
                value(lines[0]),
                value(lines[1]),
                value(lines[2]),
                value(lines[3]),
                test[0],
                test[1]));
      }
    }
    return faults;
  }

  private static String value(String line) {
    return line.length() < 6 ? "" : line.substring(6).replace("\\n", "\n");
  }

  private enum Outcome {
    CAUGHT,
    SURVIVED,
    PASSED,
    UNBUILT
  }

  private static Outcome run(Path tree, Fault fault) throws IOException, InterruptedException {
    Path reports = tree.resolve(fault.module()).resolve("target/surefire-reports");
    deleteAll(reports);
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-q",
                "-B",
                "-ntp",
                "-f",
                tree.resolve("pom.xml").toString(),
                "-pl",
                fault.module(),
                "-am",
                "verify",
                "-Dtest=" + fault.tests(),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dspotless.check.skip=true",
                // What a fault leaves unused is no reason not to try it.
                "-Dcompiler.werror=-nowarn")
            .redirectErrorStream(true)
            .redirectOutput(tree.resolve("target-of-fault.log").toFile())
            .start();
    if (!maven.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      maven.destroyForcibly();
      return Outcome.UNBUILT;
    }
    if (maven.exitValue() == 0) {
      return Files.isDirectory(reports) ? Outcome.PASSED : Outcome.UNBUILT;
    }
    return failures(reports) ? Outcome.CAUGHT : Outcome.UNBUILT;
  }

  private static boolean failures(Path reports) throws IOException {
    if (!Files.isDirectory(reports)) {
      return false;
    }
    try (Stream<Path> files = Files.list(reports)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".xml")) {
          String text = Files.readString(file, UTF_8);
          if (text.contains("<failure") || text.contains("<error")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
  }
}
