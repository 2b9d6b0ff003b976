package org.tonekeep.profile.internal;

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
import org.tonekeep.profile.internal.jpa.EmailLinkStore;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/** Removes links that are over, every hour. */
@Component(service = Upkeep.class, immediate = true)
public final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Tenants tenants;
  private final EmailLinkStore store;
  private final Clock clock;
  private final ScheduledExecutorService worker;

  @Activate
  public Upkeep(
      @Reference Tenants tenants, @Reference EmailLinkStore store, @Reference Clock clock) {
    this.tenants = tenants;
    this.store = store;
    this.clock = clock;
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "profile-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    Object unused = worker.scheduleWithFixedDelay(this::attempt, 60, 3600, TimeUnit.SECONDS);
  }

  /** An exception would end the schedule; the next time may be better (a database restarts). */
  private void attempt() {
    try {
      purge();
    } catch (RuntimeException e) {
      LOG.warn("Could not remove old links; it is tried again", e);
    }
  }

  void purge() {
    for (Tenant tenant : tenants.all()) {
      store.purge(tenant.id(), clock.instant());
    }
  }

  @Deactivate
  void stop() {
    worker.shutdown(); // no interrupt: it may be inside the database
  }
}
