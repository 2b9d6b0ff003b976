package org.tonekeep.itests.blackbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tonekeep.itests.Patience;

/** The unpacked distribution, started by its own script as an operator starts it. */
final class Distribution implements AutoCloseable {
  private final Path home;
  private final Path data;
  private final Path keys;
  private final Path output;
  private final int port;
  private final Map<String, String> environment = new TreeMap<>();
  private Process process;

  private Distribution(Path work, Path data, Path keys) throws IOException {
    this.home = work.resolve("karaf");
    this.data = data;
    this.keys = keys;
    this.output = work.resolve("output.txt");
    this.port = freePort();
    environment.put("TONEKEEP_DATA", data.toString());
    environment.put("TONEKEEP_KEYS", keys.toString());
    environment.put("TONEKEEP_HTTP_PORT", Integer.toString(port));
    environment.put("TONEKEEP_SSH_PORT", Integer.toString(freePort()));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // Also when the test's JVM is ended in the middle, nothing goes on running.
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** Unpacks into a fresh folder with empty data. */
  static Distribution unpack() throws IOException, InterruptedException {
    Path work = work();
    return new Distribution(work, work.resolve("data"), work.resolve("keys")).unpacked();
  }

  /** Unpacks a second node, over the same data and keys. */
  static Distribution unpackBeside(Distribution first) throws IOException, InterruptedException {
    return new Distribution(work(), first.data, first.keys).unpacked();
  }

  private static Path work() {
    return Path.of(System.getProperty("tonekeep.work"), "box-" + UUID.randomUUID());
  }

  private Distribution unpacked() throws IOException, InterruptedException {
    Files.createDirectories(home);
    String archive = System.getProperty("tonekeep.distribution");
    Process tar =
        new ProcessBuilder("tar", "xzf", archive, "--strip-components=1", "-C", home.toString())
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("The distribution could not be unpacked");
    }
    return this;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  Path home() {
    return home;
  }

  Path data() {
    return data;
  }

  Path keys() {
    return keys;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  Distribution with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Edits a file of {@code etc/}, as an operator does before the start. */
  Distribution edit(String file, UnaryOperator<String> change) throws IOException {
    Path path = home.resolve("etc").resolve(file);
    Files.writeString(path, change.apply(Files.readString(path)));
    return this;
  }

  /**
   * Adds a tenant without a host of its own, before the first start.
   *
   * @param more further lines of its file
   */
  Distribution withTenant(String id, String more) throws IOException {
    Path profiles = home.resolve("etc/tenants");
    Files.writeString(
        profiles.resolve(id + ".cfg"),
        "title = " + id + "\nhosts =\n" + more + "limits.signup.network = 10000/PT1H\n");
    return this;
  }

  /** Starts {@code bin/karaf server} and waits until it says that it is ready. */
  Distribution start() throws Exception {
    return launch("server").awaitReady();
  }

  /** Starts {@code bin/karaf server} and does not wait. */
  Distribution launch(String mode) throws IOException {
    Files.deleteIfExists(output);
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), mode);
    builder.environment().putAll(environment);
    // The console reads what the test types; a server has no console.
    builder.redirectInput(
        mode.equals("server")
            ? ProcessBuilder.Redirect.from(new File("/dev/null"))
            : ProcessBuilder.Redirect.PIPE);
    process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return this;
  }

  Distribution awaitReady() throws Exception {
    Patience.until(
        "the distribution is ready",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("It ended: " + output());
          }
          return output().contains("Tonekeep is ready.");
        });
    return this;
  }

  /** What it printed so far. */
  String output() {
    try {
      return Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() throws IOException {
    return Files.readString(home.resolve("data/log/tonekeep.log"), StandardCharsets.UTF_8);
  }

  /** Types into the console. */
  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends the console's input, as Ctrl-D does. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** As {@code kill -9} does. */
  void killHard() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill} does; does not wait. */
  void terminate() {
    process.destroy();
  }

  /**
   * Waits for the end.
   *
   * @return the exit status
   */
  int awaitExit(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("Still running after " + seconds + " s: " + output());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Ends it, whatever it does, and removes its big folders; log and data stay to be looked at. */
  @Override
  public void close() throws IOException {
    kill();
    if (process != null) {
      process.onExit().join();
    }
    for (String big : new String[] {"system", "data/cache", "lib"}) {
      delete(home.resolve(big));
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }
}
