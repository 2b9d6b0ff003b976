package org.tonekeep.persistence.internal;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.TenantId;

/**
 * Transactions over the pooled DataSource that etc/org.ops4j.datasource-tonekeep.cfg describes.
 * Comes and goes with the pool: editing that file swaps the database without a restart.
 */
@Component(
    service = {Tx.class, Transactions.class},
    immediate = true)
public final class Transactions implements Tx {
  private final DataSource pool;
  private final ThreadTx tx;
  private volatile boolean away;

  @Activate
  public Transactions(
      @Reference(target = "(osgi.jndi.service.name=tonekeep-pool)") DataSource pool) {
    this.pool = new PatientDataSource(pool);
    this.tx = new ThreadTx(this.pool);
  }

  @Deactivate
  void stop() {
    away = true;
  }

  /** What stands in front of the pool for everybody else. */
  DataSource proxy() {
    return new TxDataSource(pool, tx);
  }

  /**
   * @throws AdapterMissingException when the database went while the caller, an upload perhaps, was
   *     still at work
   */
  @Override
  public <T> T call(TenantId tenant, Supplier<T> work) {
    if (away) {
      throw new AdapterMissingException("database");
    }
    return tx.call(tenant, work);
  }

  @Override
  public void afterCommit(Runnable action) {
    tx.afterCommit(action);
  }
}
