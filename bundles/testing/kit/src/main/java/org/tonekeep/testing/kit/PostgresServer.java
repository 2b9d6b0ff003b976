package org.tonekeep.testing.kit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server per JVM, durable as in production (its default would not survive a crash).
 */
final class PostgresServer {
  private static @Nullable EmbeddedPostgres server;

  private PostgresServer() {}

  /** JDBC address of a new empty database. */
  static synchronized String newDatabase() throws IOException, SQLException {
    EmbeddedPostgres running = server;
    if (running == null) {
      running =
          EmbeddedPostgres.builder()
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("fsync", "on")
              .start();
      server = running;
    }
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = running.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return running.getJdbcUrl("postgres", name);
  }
}
