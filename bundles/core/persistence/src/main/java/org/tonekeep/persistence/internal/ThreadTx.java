package org.tonekeep.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/** Binds one pooled connection to the thread for the length of a transaction (house law 5). */
public final class ThreadTx implements Tx {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadTx.class);

  private final DataSource pool;

  /** One per database, not per class: a test and a swap of the pool have two at once. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Running> running = new ThreadLocal<>();

  /**
   * @param pool hands out physical connections in auto-commit mode
   */
  public ThreadTx(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public <T> T call(TenantId tenant, Supplier<T> work) {
    Running outer = running.get();
    if (outer != null) {
      return joined(outer, tenant, work);
    }
    Running own = new Running(tenant);
    running.set(own);
    T result;
    boolean committed = false;
    try {
      result = work.get();
      own.commit();
      committed = true;
    } finally {
      // Not a catch: what is thrown may also be a checked exception that the compiler does not see.
      running.remove();
      own.end(committed);
    }
    own.afterCommit.forEach(ThreadTx::runQuietly);
    return result;
  }

  private static <T> T joined(Running outer, TenantId tenant, Supplier<T> work) {
    if (!outer.tenant.equals(tenant)) {
      throw new IllegalStateException("A transaction of another tenant is running");
    }
    boolean returned = false;
    try {
      T result = work.get();
      returned = true;
      return result;
    } finally {
      if (!returned) {
        outer.rollbackOnly = true;
      }
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    Running now = running.get();
    if (now == null) {
      action.run();
    } else {
      now.afterCommit.add(action);
    }
  }

  /** The thread's transaction connection, or null when none is running. */
  @Nullable Connection bound() throws SQLException {
    Running now = running.get();
    return now == null ? null : now.connection();
  }

  /** An inner rollback cannot be undone by whoever comes after it. */
  void markRollbackOnly() {
    Running now = running.get();
    if (now != null) {
      now.rollbackOnly = true;
    }
  }

  private static void runQuietly(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | LinkageError e) {
      // The transaction has committed: a notification that fails must not look like its failure.
      LOG.warn("An action after a commit failed", e);
    }
  }

  private final class Running {
    private final TenantId tenant;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private @Nullable Connection physical;
    private boolean rollbackOnly;

    Running(TenantId tenant) {
      this.tenant = tenant;
    }

    Connection connection() throws SQLException {
      Connection open = physical;
      if (open == null) {
        open = pool.getConnection();
        try {
          open.setAutoCommit(false);
        } catch (SQLException | RuntimeException e) {
          discard(open);
          throw e;
        }
        physical = open;
      }
      return open;
    }

    void commit() {
      if (rollbackOnly) {
        throw new IllegalStateException(
            "The transaction was rolled back inside; its end may not pretend success");
      }
      if (physical != null) {
        try {
          physical.commit();
        } catch (SQLException e) {
          throw new TxFailedException("The transaction could not be committed", e);
        }
      }
    }

    /**
     * Gives the connection back. To set auto-commit commits what is pending, so a connection of
     * which that is not surely nothing is broken off instead: the database then undoes it.
     */
    void end(boolean committed) {
      Connection open = physical;
      if (open == null) {
        return;
      }
      if (!committed && !rolledBack(open)) {
        discard(open);
        return;
      }
      try (Connection closing = open) { // also when it cannot be set back
        closing.setAutoCommit(true);
      } catch (SQLException e) {
        LOG.warn("A connection could not be given back to the pool", e);
      }
    }

    private static boolean rolledBack(Connection open) {
      try {
        open.rollback();
        return true;
      } catch (SQLException | RuntimeException e) {
        // The caller's own exception is on its way and says more.
        LOG.warn("A transaction could not be rolled back; its connection is broken off", e);
        return false;
      }
    }

    private static void discard(Connection open) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        LOG.warn("A broken connection could not be broken off", e);
      }
      try {
        open.close();
      } catch (SQLException | RuntimeException e) {
        LOG.debug("The pool noticed that its connection is broken", e);
      }
    }
  }
}
