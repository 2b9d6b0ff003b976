package org.tonekeep.rest.internal;

import java.time.Clock;
import java.time.Duration;
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
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/**
 * Works in the background: keeps the leases of requests that run, and forgets keys after a day, of
 * suspended tenants too.
 */
@Component(service = KeyUpkeep.class, immediate = true)
public final class KeyUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeep.class);
  private static final Duration RENEWAL = OncePerKey.LEASE.dividedBy(5);
  private static final Duration PURGE = Duration.ofHours(1);
  private static final Duration FIRST_PURGE = Duration.ofMinutes(1);
  private static final long STOP_SECONDS = 10;

  private final KeyStore keys;
  private final Tenants tenants;
  private final Clock clock;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rest-upkeep");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts the timer. */
  @Activate
  public KeyUpkeep(
      @Reference KeyStore keys,
      @Reference OncePerKey once,
      @Reference Tenants tenants,
      @Reference Clock clock) {
    this.keys = keys;
    this.tenants = tenants;
    this.clock = clock;
    every(RENEWAL, RENEWAL, "renew the leases of keys", () -> once.renew(keys));
    every(FIRST_PURGE, PURGE, "forget old keys", this::purge);
  }

  private void every(Duration first, Duration period, String what, Runnable task) {
    Object unused =
        worker.scheduleWithFixedDelay(
            () -> attempt(what, task), first.toSeconds(), period.toSeconds(), TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next time may be better (a database restarts). */
  private static void attempt(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("Could not {}; it is tried again", what, e);
    }
  }

  /** Forgets what is older than a day. */
  void purge() {
    Instant now = clock.instant();
    for (Tenant tenant : tenants.all()) {
      int gone = keys.expire(tenant.id(), now.minus(OncePerKey.KEPT), now);
      if (gone > 0) {
        LOG.debug("Forgot {} idempotency keys of {}", gone, tenant.id());
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
