package org.tonekeep.persistence.api;

import java.util.function.Function;
import javax.persistence.EntityManager;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * A bundle's persistence unit, registered with the service property {@link #UNIT} once the bundle's
 * migrations have run. A bundle refers to its own: {@code @Reference(target = "(unit=catalog)")}.
 */
@ProviderType
public interface Database {
  /** Service property: the unit's name. */
  String UNIT = "unit";

  /**
   * Runs the work in the transaction of the thread, or in one of its own. The entity manager must
   * not leave the function. Changes are flushed before it returns.
   */
  <T> T call(TenantId tenant, Function<EntityManager, T> work);
}
