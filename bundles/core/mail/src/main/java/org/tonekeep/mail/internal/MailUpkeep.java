package org.tonekeep.mail.internal;

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
import org.tonekeep.mail.internal.jpa.MessageStore;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/**
 * Every ten minutes: forgets letters that ended a week ago, ends those whose time is over although
 * no job came to it, and looks at the operator's texts.
 */
@Component(service = MailUpkeep.class, immediate = true)
public final class MailUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(MailUpkeep.class);
  private static final Duration KEEP_ENDED = Duration.ofDays(7);

  /** So long the letter's own job, which knows the reason, may be late. */
  private static final Duration GRACE = Duration.ofHours(2);

  private static final long FIRST_SECONDS = 15;
  private static final long PERIOD_SECONDS = 600;
  private static final long STOP_SECONDS = 10;
  private static final int BATCH = 500;

  private final Tenants tenants;
  private final MessageStore store;
  private final Overrides overrides;
  private final Clock clock;
  private final ScheduledExecutorService worker;

  @Activate
  public MailUpkeep(
      @Reference Tenants tenants,
      @Reference MessageStore store,
      @Reference Overrides overrides,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.store = store;
    this.overrides = overrides;
    this.clock = clock;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "mail-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    Object unused =
        worker.scheduleWithFixedDelay(
            this::attempt, FIRST_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next time may be better. */
  private void attempt() {
    try {
      purge();
      overrides.look();
    } catch (RuntimeException e) {
      LOG.warn("The upkeep of mails failed; it is tried again", e);
    }
  }

  void purge() {
    Instant now = clock.instant();
    for (Tenant tenant : tenants.all()) {
      int expired =
          store.expire(
              tenant.id(),
              now.minus(Pauses.PATIENCE).minus(GRACE),
              "not sent within three days",
              now);
      if (expired > 0) {
        LOG.warn("{} mails of {} were not sent within three days", expired, tenant.id());
      }
      while (store.purge(tenant.id(), now.minus(KEEP_ENDED), BATCH) == BATCH
          && !worker.isShutdown()) {
        LOG.debug("More old mails of {}", tenant.id());
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
