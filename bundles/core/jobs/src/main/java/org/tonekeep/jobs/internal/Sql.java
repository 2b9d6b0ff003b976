package org.tonekeep.jobs.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Runs single statements. Inside a transaction of the thread the data source hands out its
 * connection; outside, each statement is its own transaction.
 */
final class Sql {
  private final DataSource source;

  Sql(DataSource source) {
    this.source = source;
  }

  /** Reads one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** A connection of the pool, or the running transaction's; the caller closes it. */
  Connection open() throws SQLException {
    return source.getConnection();
  }

  /** Returns the number of rows that changed. */
  int update(String sql, Object... values) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new JobStoreException(e);
    }
  }

  /** Returns all rows. */
  <T> List<T> query(String sql, Row<T> reader, Object... values) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new JobStoreException(e);
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
