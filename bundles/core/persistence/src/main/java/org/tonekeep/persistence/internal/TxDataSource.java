package org.tonekeep.persistence.internal;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    return bound == null ? pool.getConnection() : shared(bound);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  private Connection shared(Connection physical) {
    AtomicBoolean closed = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            TxDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> handle(physical, closed, proxy, method, args));
  }

  private @Nullable Object handle(
      Connection physical,
      AtomicBoolean closed,
      Object proxy,
      Method method,
      Object @Nullable [] args)
      throws Throwable {
    switch (method.getName()) {
      case "commit", "setAutoCommit", "setTransactionIsolation", "setReadOnly":
        return null;
      case "getAutoCommit":
        return false;
      case "close":
        closed.set(true);
        return null;
      case "isClosed":
        return closed.get() || physical.isClosed();
      case "abort":
        tx.markRollbackOnly();
        return null;
      case "rollback":
        if (args == null) {
          tx.markRollbackOnly();
          return null;
        }
        break;
      case "equals":
        return proxy == (args == null ? null : args[0]);
      case "hashCode":
        return System.identityHashCode(proxy);
      default:
        break;
    }
    if (closed.get()) {
      throw new SQLException("The connection was closed", "08003");
    }
    try {
      return method.invoke(physical, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
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
