package org.tonekeep.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The DataSource that everybody uses: inside a transaction the thread's one connection, of which
 * nobody but {@link ThreadTx} can end the transaction; outside, a connection of the pool.
 */
public final class TxDataSource extends PooledDataSource {
  private final ThreadTx tx;

  public TxDataSource(DataSource pool, ThreadTx tx) {
    super(pool);
    this.tx = tx;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection bound = tx.bound();
    return bound == null ? pool().getConnection() : SharedConnection.of(bound, tx);
  }
}
