package org.tonekeep.itests.blackbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A PostgreSQL server that a test freezes, kills and starts again over the same data. */
final class Postgres implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private Postgres(Path data, int port) throws IOException {
    this.data = data;
    this.port = port;
    this.server = started();
  }

  /** A server with the empty database and the role {@code tonekeep}. */
  static Postgres start() throws IOException, SQLException {
    Path work = Files.createDirectories(Path.of(System.getProperty("tonekeep.work")));
    Postgres made =
        new Postgres(work.resolve("postgres-" + UUID.randomUUID()), Distribution.freePort());
    try (Connection connection = made.server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE tonekeep LOGIN PASSWORD 'for this test only'");
      statement.execute("CREATE DATABASE tonekeep OWNER tonekeep");
    }
    return made;
  }

  private EmbeddedPostgres started() throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("fsync", "on")
        .start();
  }

  /** What the comments of the file tell an operator: out with two lines, in with the others. */
  String toIt(String text) {
    return text.replace("osgi.jdbc.driver.name = derby", "")
        .replace("url = jdbc:derby:${tonekeep.data}/db;create=true", "")
        .replace("#osgi.jdbc.driver.class", "osgi.jdbc.driver.class")
        .replace(
            "#url = jdbc:postgresql://127.0.0.1:5432", "url = jdbc:postgresql://127.0.0.1:" + port)
        .replace("#user = tonekeep", "user = tonekeep")
        .replace("#password = …", "password = for this test only");
  }

  /** {@code SIGSTOP}: the server and all its processes stand still, their connections stay open. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** {@code kill -9} of all its processes. */
  void kill() throws IOException, InterruptedException {
    signal("-KILL");
  }

  /** Starts it again after {@link #kill}: it recovers from its log. */
  void restart() throws IOException {
    // It cannot be stopped any more, but it gives up its lock.
    server.close();
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    server = started();
  }

  private void signal(String signal) throws IOException, InterruptedException {
    long postmaster =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle main = ProcessHandle.of(postmaster).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", signal));
    // The postmaster first: it must not start others in the place of those that stop.
    Stream.concat(Stream.of(main), main.descendants())
        .forEach(process -> command.add(String.valueOf(process.pid())));
    int unused = new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
