package org.tonekeep.persistence.internal;

import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/**
 * The door to one persistence unit: each call has its own entity manager in the thread's
 * transaction.
 */
public final class UnitDatabase implements Database {
  private final EntityManagerFactory factory;
  private final Tx tx;
  private volatile boolean opened;

  public UnitDatabase(EntityManagerFactory factory, Tx tx) {
    this.factory = factory;
    this.tx = tx;
  }

  @Override
  public <T> T call(TenantId tenant, Function<EntityManager, T> work) {
    return tx.call(tenant, () -> inUnit(work));
  }

  private <T> T inUnit(Function<EntityManager, T> work) {
    EntityManager manager = factory.createEntityManager();
    try {
      failAtOnce(manager);
      // A unit's own begin and commit only flush: the connection that it gets ignores them.
      manager.getTransaction().begin();
      T result = work.apply(manager);
      manager.getTransaction().commit();
      return result;
    } finally {
      if (manager.getTransaction().isActive()) {
        manager.getTransaction().rollback();
      }
      manager.close();
    }
  }

  /**
   * By itself EclipseLink asks three times more, five seconds apart, when the connection fails: the
   * caller's thread would wait before a database that is known to be away.
   */
  private void failAtOnce(EntityManager manager) {
    if (!opened) {
      manager.unwrap(ServerSession.class).getLogin().setQueryRetryAttemptCount(0);
      opened = true;
    }
  }
}
