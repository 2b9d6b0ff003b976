package org.tonekeep.crypto.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of keys: PostgreSQL, and never the main one, whose dumps, logs and replicas would
 * carry the keys along with what they open.
 */
final class KeysDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(KeysDatabase.class);
  private static final String POSTGRES = "PostgreSQL";

  /** Any number that nobody else locks: "tonekeys". */
  private static final long LOCK = 0x746f6e656b657973L;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS crypto_tenant ("
              + "tenant VARCHAR(32) NOT NULL, version INTEGER NOT NULL,"
              + " wrapped VARCHAR(400) NOT NULL, PRIMARY KEY (tenant, version))",
          "CREATE TABLE IF NOT EXISTS crypto_owner ("
              + "tenant VARCHAR(32) NOT NULL, owner VARCHAR(36) NOT NULL,"
              + " wrapped VARCHAR(400) NOT NULL, PRIMARY KEY (tenant, owner))",
          "CREATE TABLE IF NOT EXISTS crypto_destroyed (mark VARCHAR(32) PRIMARY KEY)",
          "CREATE TABLE IF NOT EXISTS crypto_kind (kind VARCHAR(32) PRIMARY KEY)",
          // Unlogged: the secret of the day never reaches the write-ahead log or a standby.
          "CREATE UNLOGGED TABLE IF NOT EXISTS crypto_day ("
              + "day VARCHAR(10) PRIMARY KEY, secret VARCHAR(400) NOT NULL)");

  private final DataSource source;

  KeysDatabase(DataSource source) {
    this.source = source;
  }

  /**
   * Makes the tables that are missing; one node at a time.
   *
   * @throws KeysRefusedException when this is no PostgreSQL, or the main database
   */
  void prepare(Optional<DataSource> main) {
    String own = change(KeysDatabase::identity);
    if (own.isEmpty()) {
      throw new KeysRefusedException("The database of keys (tonekeep-keys) must be PostgreSQL");
    }
    if (main.isPresent() && own.equals(identityOf(main.get()))) {
      throw new KeysRefusedException(
          "The database of keys (tonekeep-keys) is the main database: give it one of its own");
    }
    boolean unused =
        change(
            connection -> {
              lock(connection, LOCK);
              try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                  statement.execute(table);
                }
              }
              return true;
            });
  }

  /** Something that no two databases of this world share; empty when it is no PostgreSQL. */
  private static String identity(Connection connection) throws SQLException {
    if (!POSTGRES.equals(connection.getMetaData().getDatabaseProductName())) {
      return "";
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT oid FROM pg_database WHERE datname = current_database()),"
                    + " extract(epoch FROM pg_postmaster_start_time())")) {
      return row.next() ? row.getString(1) + "@" + row.getString(2) : "";
    }
  }

  private static String identityOf(DataSource main) {
    try (Connection connection = main.getConnection()) {
      return identity(connection);
    } catch (SQLException e) {
      // One database would answer at both doors, so this is another one.
      LOG.warn("The main database does not answer, so it is not the one of keys", e);
      return "";
    }
  }

  /** Work in one transaction that is durable when this returns. */
  <T> T change(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new KeysUnavailableException("The database of keys fails", e);
    }
  }

  /** One statement; answers the rows that it touched. */
  static int update(Connection connection, String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(statement, values);
      return statement.executeUpdate();
    }
  }

  /** The first column of all rows. */
  static List<String> column(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }

  /** Holds a lock until the transaction ends. */
  static void lock(Connection connection, long number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      statement.setLong(1, number);
      statement.execute();
    }
  }

  private static void fill(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
  }

  /** Work on a connection. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }
}
