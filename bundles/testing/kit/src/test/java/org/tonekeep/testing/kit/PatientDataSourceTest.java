package org.tonekeep.testing.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.After;
import org.junit.Test;
import org.tonekeep.persistence.internal.PatientDataSource;

/** Who waits for a busy pool, and who is refused while the database is away. */
public final class PatientDataSourceTest {
  private final Connection connection =
      (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> null);
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Pool pool = () -> connection;
  private final PatientDataSource patient =
      new PatientDataSource(
          (DataSource)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {DataSource.class},
                  (proxy, method, args) -> {
                    asked.incrementAndGet();
                    return pool.get();
                  }));
  private final ExecutorService others = Executors.newCachedThreadPool();

  private interface Pool {
    Connection get() throws SQLException, InterruptedException;
  }

  @After
  public void stop() {
    others.shutdownNow();
  }

  @Test
  public void shouldWaitOnWhileOthersAreGivenConnections() throws SQLException {
    pool =
        () -> {
          if (asked.get() < 4) {
            Pool none = pool;
            pool = () -> connection;
            patient.getConnection().close();
            pool = none;
            throw new SQLTransientConnectionException("timeout");
          }
          return connection;
        };
    assertThat(patient.getConnection()).isNotNull();
    assertThat(asked.get()).isGreaterThanOrEqualTo(4);
  }

  @Test
  public void shouldRefuseAllButOneWhileTheDatabaseIsAway() throws Exception {
    CountDownLatch trying = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    pool =
        () -> {
          throw new SQLTransientConnectionException("timeout");
        };
    assertThatThrownBy(patient::getConnection).isInstanceOf(SQLTransientConnectionException.class);
    pool =
        () -> {
          trying.countDown();
          end.await();
          return connection;
        };
    Future<Connection> one = others.submit(() -> patient.getConnection());
    trying.await();
    int before = asked.get();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(patient::getConnection)
          .isInstanceOf(SQLTransientConnectionException.class);
    }
    assertThat(asked.get()).isEqualTo(before);
    end.countDown();
    assertThat(one.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(patient.getConnection()).isNotNull();
  }

  @Test
  public void shouldPassOnOtherFailures() {
    pool =
        () -> {
          throw new SQLException("no such database", "3D000");
        };
    assertThatThrownBy(patient::getConnection).hasMessage("no such database");
    pool = () -> connection;
    assertThat(asked.get()).isEqualTo(1);
  }
}
