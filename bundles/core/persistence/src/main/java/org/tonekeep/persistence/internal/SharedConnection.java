package org.tonekeep.persistence.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's connection as its participants see it: they work on it and close it, but nothing
 * that they reach from it, by {@code getConnection}, {@code getStatement} or {@code unwrap}, can
 * end the transaction.
 */
final class SharedConnection implements InvocationHandler {
  /** What leads back to the connection, the most special first. */
  private static final List<Class<?>> GUARDED =
      List.of(
          CallableStatement.class,
          PreparedStatement.class,
          Statement.class,
          ResultSet.class,
          DatabaseMetaData.class);

  private final Connection physical;
  private final ThreadTx tx;
  private volatile boolean closed;

  private SharedConnection(Connection physical, ThreadTx tx) {
    this.physical = physical;
    this.tx = tx;
  }

  static Connection of(Connection physical, ThreadTx tx) {
    return (Connection) proxy(Connection.class, new SharedConnection(physical, tx));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    switch (method.getName()) {
      case "commit", "setAutoCommit", "setTransactionIsolation", "setReadOnly":
        return null;
      case "getAutoCommit":
        return false;
      case "close":
        closed = true;
        return null;
      case "isClosed":
        return closed || physical.isClosed();
      case "abort":
        tx.markRollbackOnly();
        return null;
      case "rollback":
        if (args == null) {
          tx.markRollbackOnly();
          return null;
        }
        break;
      default:
        break;
    }
    return onBehalf((Connection) proxy, proxy, physical, method, args);
  }

  private @Nullable Object onBehalf(
      Connection shared, Object proxy, Object target, Method method, Object @Nullable [] args)
      throws Throwable {
    Object first = args == null || args.length == 0 ? null : args[0];
    switch (method.getName()) {
      case "equals":
        return proxy == first;
      case "hashCode":
        return System.identityHashCode(proxy);
      case "unwrap":
        return unwrapped(proxy, first);
      case "isWrapperFor":
        return first instanceof Class<?> type && type.isInstance(proxy);
      case "getConnection":
        return shared;
      default:
        break;
    }
    if (closed && target == physical) {
      throw new SQLException("The connection was closed", "08003");
    }
    try {
      return guarded(shared, method.invoke(target, args));
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private @Nullable Object guarded(Connection shared, @Nullable Object result) {
    for (Class<?> type : GUARDED) {
      if (type.isInstance(result)) {
        return proxy(type, (proxy, method, args) -> onBehalf(shared, proxy, result, method, args));
      }
    }
    return result;
  }

  private static Object unwrapped(Object proxy, @Nullable Object wanted) throws SQLException {
    if (wanted instanceof Class<?> type && type.isInstance(proxy)) {
      return proxy;
    }
    throw new SQLFeatureNotSupportedException(
        "Inside a transaction nobody gets what is behind its connection");
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(
        SharedConnection.class.getClassLoader(), new Class<?>[] {type}, handler);
  }
}
