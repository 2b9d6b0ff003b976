package org.tonekeep.testing.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The child process. Obeys lines on its standard input; works on one thread, whose number it says,
 * so that strace may watch that one alone. Claims go out on another thread: what is injected into
 * the work does not touch them.
 */
public final class Victim {
  private static final String END = "";

  private final Path folder;
  private final PrintStream out;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Ground ground;

  private Victim(Path folder, PrintStream out) throws IOException {
    this.folder = folder;
    this.out = out;
    this.ground = new Ground(folder);
    Thread speaker = new Thread(this::speak, "speaker");
    speaker.setDaemon(true);
    speaker.start();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Victim victim = new Victim(Path.of(args[0]), out);
    try (BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        victim.obey(line);
      }
    } catch (ExecutionException e) {
      System.err.println("The work failed: " + e.getCause());
    }
    // Not closed: strace may still hold the thread, and the folder is checked by who comes next.
    Runtime.getRuntime().halt(0);
  }

  /** Whoever says something on the working thread waits until it is said. */
  private void speak() {
    try {
      while (true) {
        out.println(lines.take());
        heard.put(END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String line) {
    try {
      lines.put(line);
      String unused = heard.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void obey(String command) throws IOException, InterruptedException, ExecutionException {
    switch (command) {
      case "thread" -> say("thread " + worker.submit(Victim::thread).get());
      case "warm" -> say(run(1, unheard -> {}));
      case "go" -> say(run(Script.TRIES, claim -> say(claim.toString())));
      case "once" -> say(run(1, claim -> say(claim.toString())));
      case "look" -> check(false);
      case "check" -> check(true);
      case "reopen" -> {
        ground.close();
        ground = new Ground(folder);
        say("reopened");
      }
      default -> throw new IllegalArgumentException(command);
    }
  }

  private static String thread() throws IOException {
    return String.valueOf(Path.of("/proc/thread-self").toRealPath().getFileName());
  }

  private String run(int tries, java.util.function.Consumer<Claim> say)
      throws InterruptedException, ExecutionException {
    Script script = new Script(ground, System.nanoTime(), tries, say);
    worker.submit(script::run).get();
    return "over " + script.failed() + " " + script.stuck();
  }

  private List<String> look(List<Claim> claims, boolean started) {
    try {
      return Checker.check(ground, claims, started);
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      return List.of("the check failed: " + e);
    }
  }

  private void check(boolean started) throws IOException {
    List<Claim> claims = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("claims"))) {
      claims.add(Claim.of(line));
    }
    List<String> wrong = look(claims, started);
    // What runs on may need a moment: the pool has connections that died of the fault.
    for (int i = 0; !started && !wrong.isEmpty() && i < Script.TRIES; i++) {
      Script.pause(i);
      wrong = look(claims, false);
    }
    wrong.forEach(line -> say("wrong " + line.replace('\n', ' ')));
    say("checked");
  }
}
