package org.tonekeep.testing.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Everything that the bench starts, so that all of it is ended, also when it is interrupted. */
final class Processes {
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  /** Linux counts processor time in hundredths of a second for whoever asks /proc. */
  private static final double TICKS = 100;

  private Processes() {}

  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    ALIVE.add(process);
    return process;
  }

  /** Runs a program to its end and returns what it printed. */
  static String output(List<String> command) {
    try {
      Process process = start(new ProcessBuilder(command).redirectErrorStream(true));
      try {
        process.getOutputStream().close();
        return new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      } finally {
        end(process);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM, and SIGKILL when that is not enough. */
  static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        System.err.println("Process " + process.pid() + " did not end after SIGTERM in 60 s");
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    ALIVE.remove(process);
  }

  static void endAll() {
    List.copyOf(ALIVE).forEach(Processes::end);
  }

  /** A line of {@code /proc/PID/status} that counts KiB, in MiB. */
  static double mebibytes(long pid, String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith(name + ":")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("No " + name + " of " + pid);
  }

  /** Processor time that the process used so far, in seconds, without its children. */
  static double cpuSeconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
