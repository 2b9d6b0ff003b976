package org.tonekeep.testing.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes the stores through points, one after the other, and counts what came of it. */
public final class Siege implements AutoCloseable {
  /** After so many points the stores begin anew, so that no run is slowed by those before it. */
  private static final int POINTS_PER_GROUND = 40;

  private final Path work;
  private final PrintStream log;
  private Path ground;
  private int used;
  private @Nullable Child child;
  private int reached;
  private int missed;
  private int restarts;
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param work an empty folder
   * @param log is told of every point
   */
  public Siege(Path work, PrintStream log) {
    this.work = work;
    this.log = log;
    this.ground = work.resolve("ground-0");
  }

  /** How often the script makes each call when nothing happens. */
  Map<String, Integer> counts() throws IOException, InterruptedException {
    Child running = child();
    Strace strace = Strace.attach(running.thread(), null, work);
    List<String> said = running.need("go", "over");
    strace.detach();
    String over = said.get(said.size() - 1);
    if (!over.equals("over 0 false")) {
      throw new IOException("The script fails by itself: " + over);
    }
    check("a clean run", said, running, true);
    if (!wrong.isEmpty()) {
      throw new IOException("A clean run is wrong: " + wrong);
    }
    return strace.counts();
  }

  /** All points of such a script. */
  static List<Point> points(Map<String, Integer> counts) {
    List<Point> points = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      counts.forEach(
          (call, count) -> {
            for (int i = 1; fault.fits(call) && i <= count; i++) {
              points.add(new Point(fault, call, i));
            }
          });
    }
    return points;
  }

  /** Tries one point. */
  void attempt(Point point) throws IOException, InterruptedException {
    if (used++ % POINTS_PER_GROUND == POINTS_PER_GROUND - 1) {
      renew();
    }
    Child running = child();
    Strace strace = Strace.attach(running.thread(), point, work);
    // While the disk is full nothing gets better by trying again.
    List<String> said = running.ask(point.fault() == Fault.FULL ? "once" : "go", "over");
    boolean dead = Child.isGone(said);
    if (!dead) {
      strace.detach();
    }
    boolean hit = dead || strace.interfered();
    reached += hit ? 1 : 0;
    missed += hit ? 0 : 1;
    String end = said.get(said.size() - 1);
    log.println(point + (hit ? ": " : ": not reached, ") + (dead ? "killed" : end));
    if (dead) {
      drop();
      check(point.toString(), said, child(), true);
    } else {
      if (end.endsWith("true") && point.fault() != Fault.FULL) {
        restarts++;
        log.println("  needs a restart: " + point);
      } else {
        check(point + ", still running", said, running, false);
      }
      List<String> unused = running.need("reopen", "reopened");
      check(point.toString(), said, running, true);
    }
  }

  private void check(String what, List<String> said, Child asked, boolean started)
      throws IOException, InterruptedException {
    Files.write(ground.resolve("claims"), said.stream().filter(Claim::isClaim).toList());
    for (String line : asked.need(started ? "check" : "look", "checked")) {
      if (line.startsWith("wrong ")) {
        String found = what + ": " + line.substring("wrong ".length());
        wrong.add(found);
        log.println("  WRONG " + found);
      }
    }
  }

  private Child child() throws IOException, InterruptedException {
    Child running = child;
    if (running == null) {
      Files.createDirectories(ground);
      running = new Child(ground);
      child = running;
      // Classes are loaded and files opened that are no part of the work.
      String over = running.need("warm", "over").get(0);
      if (!over.equals("over 0 false")) {
        throw new IOException("The stores do not work: " + over);
      }
    }
    return running;
  }

  private void drop() throws IOException {
    Child running = child;
    child = null;
    if (running != null) {
      running.close();
    }
  }

  private void renew() throws IOException {
    drop();
    delete(ground);
    ground = work.resolve("ground-" + used);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What is wrong, by point. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** The figures, in words. */
  String summary() {
    return "%d points: %d wrong; not reached %d, usable only after a restart %d"
        .formatted(reached, wrong.size(), missed, restarts);
  }

  @Override
  public void close() throws IOException {
    drop();
  }
}
