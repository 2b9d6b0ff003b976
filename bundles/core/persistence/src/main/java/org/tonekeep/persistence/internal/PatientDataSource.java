package org.tonekeep.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a pool that is busy from a database that does not answer. The pool's own patience is short
 * ({@code hikari.connectionTimeout}). Whoever waited so long in vain waits on while others are
 * given connections. When nobody is, the database is away: then one caller at a time tries, and all
 * others are refused at once, so that no threads pile up before a dead database.
 */
public final class PatientDataSource extends PooledDataSource {
  private static final Logger LOG = LoggerFactory.getLogger(PatientDataSource.class);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final AtomicBoolean trying = new AtomicBoolean();
  private volatile boolean away;
  private volatile long lastGiven = System.nanoTime();

  public PatientDataSource(DataSource pool) {
    super(pool);
  }

  /**
   * @throws SQLTransientConnectionException when the database does not answer, or when the pool has
   *     been busy for half a minute
   */
  @Override
  public Connection getConnection() throws SQLException {
    if (!away) {
      return awaited();
    }
    if (!trying.compareAndSet(false, true)) {
      throw new SQLTransientConnectionException("The database does not answer", "08001");
    }
    try {
      return awaited();
    } finally {
      trying.set(false);
    }
  }

  private Connection awaited() throws SQLException {
    long begun = System.nanoTime();
    while (true) {
      long asked = System.nanoTime();
      try {
        Connection connection = pool().getConnection();
        given();
        return connection;
      } catch (SQLTransientConnectionException e) {
        if (lastGiven - asked < 0) {
          lost(e);
          throw e;
        }
        if (System.nanoTime() - begun > MOST_NANOS) {
          throw e;
        }
      }
    }
  }

  private void given() {
    lastGiven = System.nanoTime();
    if (away) {
      away = false;
      LOG.info("The database answers again");
    }
  }

  private void lost(SQLTransientConnectionException e) {
    if (!away) {
      away = true;
      LOG.warn("The database does not answer: requests are refused until it does", e);
    }
  }
}
