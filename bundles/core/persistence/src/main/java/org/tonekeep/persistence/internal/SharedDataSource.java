package org.tonekeep.persistence.internal;

import java.util.Hashtable;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the transaction proxy under the name that persistence units and plain JDBC look for. */
@Component(service = SharedDataSource.class, immediate = true)
public final class SharedDataSource {
  private final ServiceRegistration<DataSource> registration;

  /**
   * By hand, not by DS: {@link Transactions} must be whole before the first unit asks for a
   * connection.
   */
  @Activate
  public SharedDataSource(BundleContext context, @Reference Transactions transactions) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("osgi.jndi.service.name", "tonekeep");
    this.registration = context.registerService(DataSource.class, transactions.proxy(), properties);
  }

  @Deactivate
  void stop() {
    registration.unregister();
  }
}
