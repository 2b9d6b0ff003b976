package org.tonekeep.audit.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.internal.jpa.EntryStore;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/**
 * Removes entries that are older than the tenant keeps them, every hour, also of suspended ones.
 */
@Component(service = AuditUpkeep.class, immediate = true)
public final class AuditUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(AuditUpkeep.class);
  private static final long FIRST_SECONDS = 90;
  private static final long PERIOD_SECONDS = 3600;
  private static final long STOP_SECONDS = 10;
  private static final int BATCH = 500;

  private final Tenants tenants;
  private final EntryStore store;
  private final Clock clock;
  private final ScheduledExecutorService worker;

  @Activate
  public AuditUpkeep(
      @Reference Tenants tenants, @Reference EntryStore store, @Reference Clock clock) {
    this.tenants = tenants;
    this.store = store;
    this.clock = clock;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "audit-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    Object unused =
        worker.scheduleWithFixedDelay(
            this::attempt, FIRST_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next hour may be better. */
  private void attempt() {
    try {
      purge();
    } catch (RuntimeException e) {
      LOG.warn("Old audit entries could not be removed; it is tried again", e);
    }
  }

  /** In batches, so that no transaction holds many rows. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      Instant until = clock.instant().minus(tenant.get(AuditKeys.KEEP));
      while (store.purge(tenant.id(), until, BATCH) == BATCH && !worker.isShutdown()) {
        LOG.debug("More old audit entries of {}", tenant.id());
      }
    }
  }

  @Deactivate
  void stop() {
    worker.shutdown(); // no interrupt: a task may be inside the database
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A task did not end within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
