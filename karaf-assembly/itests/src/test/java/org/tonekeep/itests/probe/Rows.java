package org.tonekeep.itests.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The rows of a tenant, of all tables, that name one of some ids: a hash of each. */
final class Rows {
  /** What grows or ends by itself, each for its reason. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          // Refused acts are logged, and the log is signed all the time.
          "audit_entry",
          "audit_leaf",
          "audit_tile",
          "audit_tree",
          // Ends some time after an address was used, by the clock.
          "vault_access");

  /** What the platform itself goes on with in rows that stay. */
  private static final Map<String, Set<String>> MOVING =
      Map.of(
          // Mails are delivered, and lose their text, when the mail core comes to it.
          "mail_message",
          Set.of(
              "state",
              "tries",
              "reason",
              "next_at",
              "ended_at",
              "recipient",
              "subject",
              "body_text",
              "body_html"),
          // Whoever is signed in is seen.
          "auth_session",
          Set.of("last_seen"));

  private final DataSource database;

  Rows(DataSource database) {
    this.database = database;
  }

  int update(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      int changed = statement.executeUpdate(sql);
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      return changed;
    }
  }

  /** Prints {@code <table> <hash> <what a person needs to find the row>} for each row. */
  void print(String[] tenantAndIds, PrintStream out) throws SQLException {
    Set<String> ids = Set.of(tenantAndIds[1].split(","));
    try (Connection connection = database.getConnection()) {
      for (String table : tables(connection)) {
        print(connection, table, tenantAndIds[0], ids, out);
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    DatabaseMetaData meta = connection.getMetaData();
    String name = meta.storesUpperCaseIdentifiers() ? "TENANT" : "tenant";
    try (ResultSet columns = meta.getColumns(null, null, null, name)) {
      while (columns.next()) {
        String table = columns.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (!LEFT_OUT.contains(table)) {
          found.put(table, table);
        }
      }
    }
    if (found.size() < 10) {
      throw new SQLException("Only these tables have a tenant: " + found.keySet());
    }
    return List.copyOf(found.keySet());
  }

  private static void print(
      Connection connection, String table, String tenant, Set<String> ids, PrintStream out)
      throws SQLException {
    Set<String> moving = MOVING.getOrDefault(table, Set.of());
    try (PreparedStatement query =
        connection.prepareStatement("SELECT * FROM " + table + " WHERE tenant = ?")) {
      query.setString(1, tenant);
      try (ResultSet rows = query.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          StringBuilder row = new StringBuilder();
          boolean theirs = false;
          for (int i = 1; i <= columns; i++) {
            String column = rows.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT);
            // Not getString: of a number PostgreSQL's driver has two spellings.
            String value = String.valueOf(rows.getObject(i));
            theirs |= ids.contains(value);
            if (!moving.contains(column)) {
              row.append(column).append('=').append(value).append('\n');
            }
          }
          if (theirs) {
            out.println(table + " " + hash(row.toString()) + " " + rows.getString(2));
          }
        }
      }
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
