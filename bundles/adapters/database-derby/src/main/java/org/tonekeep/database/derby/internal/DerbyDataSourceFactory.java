package org.tonekeep.database.derby.internal;

import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.apache.derby.iapi.jdbc.AutoloadedDriver;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes embedded DataSources for pax-jdbc. The network server is not in the bundle, and there is no
 * LDAP authenticator to be had from a data source that this class makes (CVE-2022-46337).
 */
@Component(
    service = DataSourceFactory.class,
    property = {
      DataSourceFactory.OSGI_JDBC_DRIVER_NAME + "=derby",
      DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=org.apache.derby.jdbc.EmbeddedDriver"
    })
public final class DerbyDataSourceFactory implements DataSourceFactory {
  private static final Logger LOG = LoggerFactory.getLogger(DerbyDataSourceFactory.class);
  private static final String PREFIX = "jdbc:derby:";

  private final Set<String> opened = ConcurrentHashMap.newKeySet();

  @Override
  public DataSource createDataSource(Properties properties) throws SQLException {
    String url = properties.getProperty(JDBC_URL);
    if (url == null || !url.startsWith(PREFIX)) {
      throw new SQLException("The url of an embedded Derby begins with " + PREFIX, "08001");
    }
    String[] parts = url.substring(PREFIX.length()).split(";", 2);
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName(parts[0]);
    if (parts.length == 2) {
      source.setConnectionAttributes(parts[1]);
    }
    opened.add(parts[0]);
    return source;
  }

  @Deactivate
  void shutDown() {
    for (String database : opened) {
      EmbeddedDataSource closing = new EmbeddedDataSource();
      closing.setDatabaseName(database);
      closing.setShutdownDatabase("shutdown");
      try {
        closing.getConnection().close();
      } catch (SQLException e) {
        // 08006 is how Derby reports a clean shutdown, XJ004 that it was never opened.
        if (Map.of("08006", "closed", "XJ004", "never opened").containsKey(e.getSQLState())) {
          LOG.info("The embedded database is closed");
        } else {
          LOG.error("The embedded database did not close cleanly, SQL state {}", e.getSQLState());
        }
      }
    }
  }

  @Override
  public ConnectionPoolDataSource createConnectionPoolDataSource(Properties properties)
      throws SQLException {
    throw new SQLFeatureNotSupportedException("The pool is HikariCP's");
  }

  @Override
  public XADataSource createXADataSource(Properties properties) throws SQLException {
    throw new SQLFeatureNotSupportedException("Transactions have one resource");
  }

  @Override
  public Driver createDriver(Properties properties) {
    return new AutoloadedDriver();
  }
}
