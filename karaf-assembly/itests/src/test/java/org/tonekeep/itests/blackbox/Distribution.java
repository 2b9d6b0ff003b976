package org.tonekeep.itests.blackbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.tonekeep.itests.Patience;

/** The unpacked distribution, started by its own script as an operator starts it. */
final class Distribution implements AutoCloseable {
  private final Path home;
  private final Path data;
  private final Path keys;
  private final Path output;
  private final int port;
  private final int sshPort;
  private final Map<String, String> environment = new TreeMap<>();
  private Process process;

  private Distribution(Path work) throws IOException {
    this.home = work.resolve("karaf");
    this.data = work.resolve("data");
    this.keys = work.resolve("keys");
    this.output = work.resolve("output.txt");
    this.port = freePort();
    this.sshPort = freePort();
  }

  /** Unpacks into a fresh folder with empty data. */
  static Distribution unpack() throws IOException, InterruptedException {
    Path work = Path.of(System.getProperty("tonekeep.work"), "box-" + UUID.randomUUID());
    Distribution distribution = new Distribution(work);
    Files.createDirectories(distribution.home);
    Process tar =
        new ProcessBuilder(
                "tar",
                "xzf",
                System.getProperty("tonekeep.distribution"),
                "--strip-components=1",
                "-C",
                distribution.home.toString())
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("The distribution could not be unpacked");
    }
    return distribution;
  }

  private static int freePort() throws IOException {
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

  int port() {
    return port;
  }

  Distribution with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Starts {@code bin/karaf server} and waits until it says that it is ready. */
  Distribution start() throws Exception {
    start("server", ProcessBuilder.Redirect.from(new File("/dev/null")));
    awaitReady();
    return this;
  }

  /** Starts with the console, whose input the test types. */
  Distribution startWithConsole() throws Exception {
    start("run", ProcessBuilder.Redirect.PIPE);
    awaitReady();
    return this;
  }

  private void start(String mode, ProcessBuilder.Redirect input) throws IOException {
    Files.deleteIfExists(output);
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), mode);
    builder.environment().put("TONEKEEP_DATA", data.toString());
    builder.environment().put("TONEKEEP_KEYS", keys.toString());
    builder.environment().put("TONEKEEP_HTTP_PORT", Integer.toString(port));
    builder.environment().put("TONEKEEP_SSH_PORT", Integer.toString(sshPort));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile()).redirectInput(input);
    process = builder.start();
  }

  private void awaitReady() throws Exception {
    Patience.until(
        "the distribution is ready",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("It ended: " + output());
          }
          return output().contains("Tonekeep is ready.");
        });
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

  /** Types a line into the console. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** As {@code kill -9} does. */
  void killHard() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill} does: drains and closes. Returns the exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("It did not end after SIGTERM");
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      process.destroyForcibly().waitFor();
    }
  }
}
