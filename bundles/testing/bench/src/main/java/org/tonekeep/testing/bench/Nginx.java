package org.tonekeep.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx, serving one folder as well as it can. */
final class Nginx implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/nginx"), Path.of("/usr/local/sbin/nginx"), Path.of("/usr/bin/nginx"));
  private static final List<String> MODULES =
      List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi");

  private final int port = Karaf.freePort();
  private final Process process;

  private Nginx(Path program, Path work) throws IOException {
    Path folder = Files.createDirectories(work.resolve("nginx"));
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration(version(program), folder, port));
    this.process =
        Processes.start(
            new ProcessBuilder(
                    program.toString(),
                    "-p",
                    folder.toString(),
                    "-c",
                    configuration.toString(),
                    "-e",
                    folder.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile()));
    Until.holds(
        "nginx answers",
        Duration.ofSeconds(20),
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("nginx ended: see " + folder);
          }
          return answers();
        });
  }

  /** Starts nginx if there is one; {@link #folder} of the work folder is what it serves. */
  static Optional<Nginx> start(Path work) throws IOException {
    Optional<Path> program = program();
    return program.isPresent() ? Optional.of(new Nginx(program.get(), work)) : Optional.empty();
  }

  /** What it serves. */
  static Path folder(Path work) throws IOException {
    return Files.createDirectories(work.resolve("nginx/files"));
  }

  static Optional<Path> program() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  static String version(Path program) {
    return Processes.output(List.of(program.toString(), "-V"));
  }

  private boolean answers() {
    try (Wire wire = new Wire(port)) {
      return wire.get("/none", "").status() == 404;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String configuration(String version, Path folder, int port) {
    StringBuilder text = new StringBuilder();
    if ("root".equals(System.getProperty("user.name"))) {
      text.append("user root;\n");
    }
    text.append("daemon off;\nworker_processes auto;\npid nginx.pid;\n");
    text.append("events { worker_connections 1024; }\nhttp {\n");
    // Without tcp_nopush: with it, ranges of 64 KiB wait 40 ms for a delayed acknowledgement.
    text.append("access_log off; sendfile on; keepalive_requests 100000000;\n");
    text.append("default_type audio/mpeg;\n");
    for (String module : MODULES) {
      if (version.contains("--http-" + module.replace('_', '-') + "-temp-path")) {
        text.append(module).append("_temp_path ").append(folder.resolve(module)).append(";\n");
      }
    }
    return text.append("server { listen 127.0.0.1:" + port + "; root files; }\n}\n").toString();
  }

  int port() {
    return port;
  }

  /** Processor time is counted for the workers, which are its children. */
  List<Long> workers() {
    try (Stream<ProcessHandle> children = process.children()) {
      return children.map(ProcessHandle::pid).toList();
    }
  }

  @Override
  public void close() {
    Processes.end(process);
  }
}
