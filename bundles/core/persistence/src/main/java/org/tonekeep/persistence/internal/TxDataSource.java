package org.tonekeep.persistence.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The DataSource that everybody uses: inside a transaction the thread's one connection, of which
 * nobody but {@link ThreadTx} can end the transaction; outside, a connection of the pool.
 */
public final class TxDataSource implements DataSource {
  private final DataSource pool;
  private final ThreadTx tx;

  public TxDataSource(DataSource pool, ThreadTx tx) {
    this.pool = pool;
    this.tx = tx;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection bound = tx.bound();
    return bound == null ? pool.getConnection() : SharedConnection.of(bound, tx);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || pool.isWrapperFor(type);
  }
}
