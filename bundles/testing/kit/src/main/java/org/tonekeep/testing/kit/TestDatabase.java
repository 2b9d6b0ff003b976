package org.tonekeep.testing.kit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.persistence.internal.Migrator;
import org.tonekeep.persistence.internal.ThreadTx;
import org.tonekeep.persistence.internal.TxDataSource;
import org.tonekeep.persistence.internal.UnitDatabase;

/**
 * The product's own persistence core over a fresh database, without OSGi: the units' migrations
 * from the class path have run, each unit has its door.
 */
public final class TestDatabase implements AutoCloseable {
  /** What the same suite runs on. */
  public enum Engine {
    /** Embedded, in memory. */
    DERBY,
    /** A real server from Maven Central's binaries, one per JVM, a fresh database per test. */
    POSTGRES
  }

  private final HikariDataSource pool;
  private final ThreadTx tx;
  private final TxDataSource dataSource;
  private final Runnable drop;
  private final Map<String, EntityManagerFactory> factories = new ConcurrentHashMap<>();

  private TestDatabase(HikariDataSource pool, Runnable drop, String... units) {
    this.pool = pool;
    this.drop = drop;
    Migrator migrator = new Migrator(new TxDataSource(pool, new ThreadTx(pool)), Clock.systemUTC());
    for (String unit : units) {
      migrator.migrate(unit, ClassPathMigrations.of(unit));
    }
    DataSource watched = WatchedDataSource.over(pool);
    this.tx = new ThreadTx(watched);
    this.dataSource = new TxDataSource(watched, tx);
  }

  /** A fresh empty database with the units' tables. */
  public static TestDatabase open(Engine engine, String... units) {
    return switch (engine) {
      case DERBY -> derbyInMemory(units);
      case POSTGRES -> postgres(units);
    };
  }

  /** A Derby database in a folder, made if absent: for tests that come back to it. */
  public static TestDatabase derby(Path folder, String... units) {
    HikariDataSource pool = pool("jdbc:derby:" + folder + ";create=true", 8);
    return new TestDatabase(pool, () -> shutDown("jdbc:derby:" + folder + ";shutdown=true"), units);
  }

  private static TestDatabase derbyInMemory(String... units) {
    String url = "jdbc:derby:memory:" + UUID.randomUUID();
    return new TestDatabase(
        pool(url + ";create=true", 8), () -> shutDown(url + ";drop=true"), units);
  }

  private static TestDatabase postgres(String... units) {
    try {
      return new TestDatabase(pool(PostgresServer.newDatabase(), 8), () -> {}, units);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("The embedded PostgreSQL did not start", e);
    }
  }

  private static HikariDataSource pool(String url, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
  }

  private static void shutDown(String url) {
    try {
      DriverManager.getConnection(url).close();
    } catch (SQLException e) {
      // Derby reports a clean shutdown (08006) or drop as an exception.
      if (!"08006".equals(e.getSQLState())) {
        throw new IllegalStateException("Derby did not shut down", e);
      }
    }
  }

  public Tx tx() {
    return tx;
  }

  /** What {@code osgi.jndi.service.name=tonekeep} is in the platform. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** For the statements of a test itself: without the wall and outside of transactions. */
  public DataSource unwatched() {
    return pool;
  }

  /** The door of a unit that was named when opening. */
  public Database unit(String name) {
    return new UnitDatabase(factories.computeIfAbsent(name, this::factory), tx);
  }

  private EntityManagerFactory factory(String unit) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("javax.persistence.nonJtaDataSource", dataSource);
    properties.put("eclipselink.session-name", unit + "-" + UUID.randomUUID());
    properties.put("eclipselink.logging.level", "WARNING");
    return Persistence.createEntityManagerFactory(unit, properties);
  }

  @Override
  public void close() {
    factories.values().forEach(EntityManagerFactory::close);
    pool.close();
    drop.run();
  }
}
