package org.tonekeep.testing.kit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Hands out connections that refuse every statement to which the {@link TenantWall} objects. */
final class WatchedDataSource {
  private static final TenantWall WALL = new TenantWall();

  private WatchedDataSource() {}

  static DataSource over(DataSource inner) {
    return watched(DataSource.class, inner);
  }

  private static <T> T watched(Class<T> type, T inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              boolean says = args != null && args.length > 0 && args[0] instanceof String;
              String name = method.getName();
              if (says
                  && (name.startsWith("prepare")
                      || name.startsWith("execute")
                      || name.equals("addBatch"))) {
                Optional<String> objection = WALL.objection((String) args[0]);
                if (objection.isPresent()) {
                  throw new AssertionError(objection.get());
                }
              }
              try {
                Object result = method.invoke(inner, args);
                if (result instanceof Connection connection) {
                  return watched(Connection.class, connection);
                }
                // Of a prepared statement the text was seen when it was prepared.
                return name.equals("createStatement")
                    ? watched(Statement.class, (Statement) result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
