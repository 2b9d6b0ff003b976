package org.tonekeep.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Hashtable;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.TenantId;

/**
 * Puts the transaction proxy in front of the pooled DataSource that
 * etc/org.ops4j.datasource-tonekeep.cfg describes, and offers it under the name that persistence
 * units look for. Comes and goes with the pool: editing that file swaps the database without a
 * restart.
 */
@Component(
    service = {Tx.class, Readiness.class},
    immediate = true)
public final class Transactions implements Tx, Readiness {
  private final DataSource pool;
  private final ThreadTx tx;
  private final ServiceRegistration<DataSource> registration;

  @Activate
  public Transactions(
      BundleContext context,
      @Reference(target = "(osgi.jndi.service.name=tonekeep-pool)") DataSource pool) {
    this.pool = pool;
    this.tx = new ThreadTx(pool);
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("osgi.jndi.service.name", "tonekeep");
    this.registration =
        context.registerService(DataSource.class, new TxDataSource(pool, tx), properties);
  }

  @Deactivate
  void stop() {
    registration.unregister();
  }

  @Override
  public <T> T call(TenantId tenant, Supplier<T> work) {
    return tx.call(tenant, work);
  }

  @Override
  public void afterCommit(Runnable action) {
    tx.afterCommit(action);
  }

  @Override
  public Health check() {
    try (Connection connection = pool.getConnection()) {
      boolean valid = connection.isValid(2);
      return new Health(
          "database", valid, connection.getMetaData().getDatabaseProductName() + " answers");
    } catch (SQLException e) {
      return new Health("database", false, "does not answer, SQL state " + e.getSQLState());
    }
  }
}
