package org.tonekeep.persistence.api;

import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * One transaction over all persistence units, the job table and plain JDBC: one connection bound to
 * the thread. What happens inside {@link #call} commits together or not at all.
 */
@ProviderType
public interface Tx {
  /**
   * Runs the work in a transaction of the tenant, joining the one that is running on this thread.
   *
   * @throws IllegalStateException when a transaction of another tenant is running, or when an inner
   *     failure was swallowed and the transaction could only roll back
   */
  <T> T call(TenantId tenant, Supplier<T> work);

  /** As {@link #call} without a result. */
  default void run(TenantId tenant, Runnable work) {
    Object unused =
        call(
            tenant,
            () -> {
              work.run();
              return Boolean.TRUE;
            });
  }

  /** Runs the action once the transaction has committed; at once when none is running. */
  void afterCommit(Runnable action);
}
