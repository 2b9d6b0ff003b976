package org.tonekeep.persistence.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a unit's pending migrations in one transaction under an exclusive lock on the version table,
 * so that of two nodes starting at once one works and the other finds the work done. Both Derby and
 * PostgreSQL have transactional DDL: a failing file leaves the tables as they were.
 */
public final class Migrator {
  private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);
  private static final String TABLE = "persistence_migration";

  /** Table exists: Derby X0Y32; PostgreSQL 42P07, or 23505 from its catalogue when two race. */
  private static final Set<String> EXISTS = Set.of("X0Y32", "42P07", "23505");

  private final DataSource pool;
  private final Clock clock;

  public Migrator(DataSource pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Brings a unit up to date.
   *
   * @throws MigrationException when a file failed, was changed after it ran, is missing, or the
   *     database is newer than the bundle
   */
  public void migrate(String unit, List<Migration> migrations) {
    List<Migration> ordered = new ArrayList<>(migrations);
    ordered.sort(Comparator.comparingInt(Migration::version));
    for (int i = 0; i < ordered.size(); i++) {
      if (ordered.get(i).version() != i + 1) {
        throw new MigrationException("Migrations of " + unit + " are not numbered 1, 2, 3 …");
      }
    }
    try (Connection connection = pool.getConnection()) {
      createTable(connection);
      connection.setAutoCommit(false);
      try {
        runPending(connection, unit, ordered);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        undo(connection, e);
        throw e;
      }
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new MigrationException("Migrations of " + unit + " failed: " + e.getSQLState(), e);
    }
  }

  private static void undo(Connection connection, Exception cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
      abort(connection, cause); // to set auto-commit now would commit half a migration
    }
  }

  private static void abort(Connection connection, Exception cause) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void createTable(Connection connection) throws SQLException {
    try (ResultSet found =
        connection.getMetaData().getTables(null, null, nameIn(connection), null)) {
      if (found.next()) {
        return;
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + TABLE
              + " (unit VARCHAR(64) NOT NULL, version INTEGER NOT NULL,"
              + " checksum VARCHAR(64) NOT NULL, applied_at BIGINT NOT NULL,"
              + " PRIMARY KEY (unit, version))");
    } catch (SQLException e) {
      if (!EXISTS.contains(e.getSQLState())) {
        throw e;
      }
      LOG.debug("Another node made the version table first");
    }
  }

  private static String nameIn(Connection connection) throws SQLException {
    return connection.getMetaData().storesUpperCaseIdentifiers()
        ? TABLE.toUpperCase(java.util.Locale.ROOT)
        : TABLE;
  }

  private void runPending(Connection connection, String unit, List<Migration> migrations)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + TABLE + " IN EXCLUSIVE MODE");
    }
    Map<Integer, String> applied = applied(connection, unit);
    if (applied.size() > migrations.size()) {
      throw new MigrationException(
          "The tables of " + unit + " are newer than this build; it cannot go back");
    }
    Map<String, String> macros = macros(connection);
    for (Migration migration : migrations) {
      String seen = applied.get(migration.version());
      if (seen == null) {
        apply(connection, unit, migration, macros);
      } else if (!seen.equals(migration.checksum())) {
        throw new MigrationException(
            "Migration " + migration.name() + " of " + unit + " was changed after it had run");
      }
    }
  }

  private static Map<Integer, String> applied(Connection connection, String unit)
      throws SQLException {
    Map<Integer, String> applied = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT version, checksum FROM " + TABLE + " WHERE unit = ?")) {
      query.setString(1, unit);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          applied.put(rows.getInt(1), rows.getString(2));
        }
      }
    }
    return applied;
  }

  private void apply(
      Connection connection, String unit, Migration migration, Map<String, String> macros)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : migration.statements(macros)) {
        statement.execute(sql);
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?, ?, ?)")) {
      insert.setString(1, unit);
      insert.setInt(2, migration.version());
      insert.setString(3, migration.checksum());
      insert.setLong(4, clock.millis());
      insert.executeUpdate();
    }
    LOG.info("Migration {} of {} done", migration.name(), unit);
  }

  private static Map<String, String> macros(Connection connection) throws SQLException {
    boolean postgres = connection.getMetaData().getDatabaseProductName().startsWith("PostgreSQL");
    return postgres
        ? Map.of("blob", "BYTEA", "clob", "TEXT")
        : Map.of("blob", "BLOB", "clob", "CLOB");
  }
}
