package org.tonekeep.audit.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** Returns the number of rows that changed. */
  int update(String sql, Object... values) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new AuditStoreException(e);
    }
  }

  /** The same statement with many rows of values. */
  void batch(String sql, List<Object[]> rows) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] values : rows) {
        bind(statement, values);
        statement.addBatch();
      }
      int[] unused = statement.executeBatch();
    } catch (SQLException e) {
      throw new AuditStoreException(e);
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
      throw new AuditStoreException(e);
    }
  }

  <T> Optional<T> one(String sql, Row<T> reader, Object... values) {
    return query(sql, reader, values).stream().findFirst();
  }

  /** Whether this process is the only one on the database. */
  boolean embedded() {
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().contains("Derby");
    } catch (SQLException e) {
      throw new AuditStoreException(e);
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
