package org.tonekeep.testing.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An unpacked Karaf, ours or the stock one, on free ports of its own. */
abstract class Karaf {
  /** Both have the same bound, so that their memory compares. */
  private static final String HEAP = "768M";

  protected final Path home;
  protected final int port = freePort();
  private final Path work;
  private final Path output;
  private @Nullable Process process;

  Karaf(Path archive, Path work) throws IOException {
    this.home = Files.createDirectories(work).resolve("karaf");
    this.work = work;
    this.output = work.resolve("output.txt");
    Files.createDirectory(home);
    String said =
        Processes.output(
            List.of(
                "tar", "xzf", archive.toString(), "--strip-components=1", "-C", home.toString()));
    if (!Files.exists(home.resolve("bin/karaf"))) {
      throw new IOException(archive + " could not be unpacked: " + said);
    }
  }

  /** What is added to the script's environment. */
  abstract Map<String, String> environment();

  /** Whether it does what it is for. */
  abstract boolean ready();

  /**
   * Starts {@code bin/karaf server} and waits until it is ready.
   *
   * @return seconds from the fork to ready
   */
  double start() throws IOException {
    Files.deleteIfExists(output);
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), "server");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("KARAF_EXEC", "exec");
    builder.environment().put("JAVA_MAX_MEM", HEAP);
    builder.environment().putAll(environment());
    builder
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .redirectInput(new File("/dev/null"));
    Process started = Processes.start(builder);
    process = started;
    return Until.holds(
        home + " is ready",
        java.time.Duration.ofMinutes(3),
        () -> {
          if (!started.isAlive()) {
            throw new IllegalStateException("It ended: " + output());
          }
          return ready();
        });
  }

  /** The folder with everything of it. */
  final Path work() {
    return work;
  }

  /** What it printed so far. */
  final String output() {
    try {
      return Files.exists(output) ? Files.readString(output) : "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  final long pid() {
    return running().pid();
  }

  final int port() {
    return port;
  }

  /**
   * Ends it as {@code kill} does.
   *
   * @return seconds until it was gone
   */
  final double stop() {
    long start = System.nanoTime();
    Processes.end(running());
    process = null;
    return Until.seconds(start);
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("It does not run");
    }
    return running;
  }

  /** Whether HTTP answers at all, or with a status. */
  final boolean answers(String path, int status) {
    try (Wire wire = new Wire(port)) {
      int got = wire.get(path, "").status();
      return status == 0 || got == status;
    } catch (IOException notYet) {
      return false;
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Replaces lines {@code key = …} of a file in etc, or adds them. */
  final void configure(String file, Map<String, String> values) throws IOException {
    Path path = home.resolve("etc").resolve(file);
    List<String> lines = new ArrayList<>(Files.exists(path) ? Files.readAllLines(path) : List.of());
    values.forEach(
        (key, value) -> {
          lines.removeIf(line -> line.replace(" ", "").startsWith(key + "="));
          lines.add(key + " = " + value);
        });
    Files.write(path, lines);
  }
}
