package org.tonekeep.retention.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/** Sweeps every tenant at the start and every minute. */
@Component(service = RetentionSweeper.class)
public final class RetentionSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSweeper.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final long STOP_SECONDS = 10;

  private final Catalog catalog;
  private final Tenants tenants;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-retention");
            thread.setDaemon(true);
            return thread;
          });

  @Activate
  public RetentionSweeper(
      @Reference Catalog catalog, @Reference Tenants tenants, @Reference Clock clock) {
    this(catalog, tenants, clock, EVERY);
  }

  RetentionSweeper(Catalog catalog, Tenants tenants, Clock clock, Duration every) {
    this.catalog = catalog;
    this.tenants = tenants;
    this.clock = clock;
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::sweep, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends the schedule and waits for the sweep that is under way: interrupting it would break the
   * database's connection.
   */
  @Deactivate
  void stop() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A sweep did not end in time; what it has not removed is removed later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes what is overdue now, for every tenant. */
  void sweep() {
    for (Tenant tenant : tenants.all()) {
      if (timer.isShutdown()) {
        return;
      }
      try {
        int count = catalog.purgeTrash(tenant.id(), clock.instant());
        if (count > 0) {
          LOG.info("Removed {} deleted tracks of tenant {} for good", count, tenant.id());
        }
      } catch (RuntimeException e) {
        LOG.error("The sweep of tenant {} failed; it is tried again", tenant.id(), e);
      }
    }
  }
}
