package org.tonekeep.audit.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Removes entries that are older than the tenant keeps them, every hour, also of suspended ones,
 * and writes counts of failures and changed settings down.
 */
@Component(service = AuditUpkeep.class, immediate = true)
public final class AuditUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(AuditUpkeep.class);
  private static final long FIRST_SECONDS = 90;
  private static final long PERIOD_SECONDS = 3600;
  private static final long OFTEN_SECONDS = 5;
  private static final long STOP_SECONDS = 10;
  private static final int BATCH = 500;

  /** The action of what a removal says of itself: nothing younger than its time may be missing. */
  static final String PRUNE = "audit.prune";

  /** The fact that says until when, epoch milliseconds. */
  static final String UNTIL = "until";

  private final Tenants tenants;
  private final EntryStore store;
  private final AuditLog log;
  private final SettingsWatch settings;
  private final Clock clock;
  private final ScheduledExecutorService worker;

  @Activate
  public AuditUpkeep(
      @Reference Tenants tenants,
      @Reference EntryStore store,
      @Reference AuditLog log,
      @Reference SettingsWatch settings,
      @Reference Clock clock) {
    this(tenants, store, log, settings, clock, FIRST_SECONDS, OFTEN_SECONDS);
  }

  /** With other times of the timers, so that a test calls what it tests itself. */
  AuditUpkeep(
      Tenants tenants,
      EntryStore store,
      AuditLog log,
      SettingsWatch settings,
      Clock clock,
      long firstSeconds,
      long oftenSeconds) {
    this.tenants = tenants;
    this.store = store;
    this.log = log;
    this.settings = settings;
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
            () -> attempt(this::purge), firstSeconds, PERIOD_SECONDS, TimeUnit.SECONDS);
    unused =
        worker.scheduleWithFixedDelay(
            () -> attempt(this::note), oftenSeconds, oftenSeconds, TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next time may be better. */
  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError e) { // the latter while bundles are updated
      LOG.warn("The upkeep of the audit log failed; it is tried again", e);
    }
  }

  private void note() {
    log.writeCounts();
    settings.look();
  }

  /** In batches, so that no transaction holds many rows. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      TenantId id = tenant.id();
      Instant until = clock.instant().minus(tenant.get(AuditKeys.KEEP));
      AtomicBoolean said = new AtomicBoolean();
      Runnable say =
          () -> {
            if (!said.getAndSet(true)) {
              log.append(
                  id,
                  AuditEntry.of(Actor.platform(), PRUNE)
                      .with(UNTIL, Long.toString(until.toEpochMilli())));
            }
          };
      while (store.purge(id, until, BATCH, say) == BATCH && !worker.isShutdown()) {
        LOG.debug("More old audit entries of {}", id);
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
