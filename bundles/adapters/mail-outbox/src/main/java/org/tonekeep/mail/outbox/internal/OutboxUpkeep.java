package org.tonekeep.mail.outbox.internal;

import java.io.IOException;
import java.time.Clock;
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

/** Removes files whose time is over: at the start and every hour, also of suspended tenants. */
@Component(service = OutboxUpkeep.class, immediate = true)
public final class OutboxUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxUpkeep.class);
  private static final long FIRST_SECONDS = 10;
  private static final long PERIOD_SECONDS = 3600;

  private final Tenants tenants;
  private final Outbox outbox;
  private final Clock clock;
  private final ScheduledExecutorService worker;

  @Activate
  public OutboxUpkeep(
      @Reference Tenants tenants, @Reference Outbox outbox, @Reference Clock clock) {
    this.tenants = tenants;
    this.outbox = outbox;
    this.clock = clock;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "outbox-upkeep");
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
      LOG.warn("Old mails could not be removed from the outbox; it is tried again", e);
    }
  }

  void purge() {
    for (Tenant tenant : tenants.all()) {
      try {
        int removed = outbox.purge(tenant.id(), clock.instant().minus(tenant.get(OutboxKeys.KEEP)));
        LOG.debug("{} old mails of {} left the outbox", removed, tenant.id());
      } catch (IOException e) {
        LOG.warn("Old mails of {} could not be removed; it is tried again", tenant.id(), e);
      }
    }
  }

  @Deactivate
  void stop() {
    worker.shutdown();
  }
}
