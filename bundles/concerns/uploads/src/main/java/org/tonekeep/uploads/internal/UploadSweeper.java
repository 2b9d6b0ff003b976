package org.tonekeep.uploads.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.uploads.internal.jpa.UploadStore;

/**
 * Every minute: removes uploads whose time is over, of suspended tenants too, and finishes those
 * that were all here when somebody was killed.
 */
@Component(service = UploadSweeper.class, immediate = true)
public final class UploadSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(UploadSweeper.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final long STOP_SECONDS = 10;
  private static final int PAGE = 100;

  private final UploadStore store;
  private final Uploads uploads;
  private final Finish finish;
  private final Turns turns;
  private final Tenants tenants;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-uploads");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts the timer. */
  @Activate
  public UploadSweeper(
      @Reference UploadStore store,
      @Reference Uploads uploads,
      @Reference Finish finish,
      @Reference Turns turns,
      @Reference Tenants tenants,
      @Reference Clock clock) {
    this(store, uploads, finish, turns, tenants, clock, EVERY);
  }

  UploadSweeper(
      UploadStore store,
      Uploads uploads,
      Finish finish,
      Turns turns,
      Tenants tenants,
      Clock clock,
      Duration every) {
    this.store = store;
    this.uploads = uploads;
    this.finish = finish;
    this.turns = turns;
    this.tenants = tenants;
    this.clock = clock;
    var unused =
        timer.scheduleWithFixedDelay(
            this::sweep, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the schedule; what is under way ends by itself, never inside a transaction. */
  @Deactivate
  public void stop() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A sweep did not end in time; what it has not done is done later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is due now, for every tenant. */
  void sweep() {
    for (Tenant tenant : tenants.all()) {
      try {
        removeExpired(tenant.id());
        if (!tenant.suspended()) {
          finishComplete(tenant.id());
        }
      } catch (RuntimeException e) {
        LOG.error("The sweep of uploads of {} failed; it is tried again", tenant.id(), e);
      }
    }
  }

  private void removeExpired(TenantId tenant) {
    List<Upload> page;
    int removed = 0;
    do {
      page = store.expired(tenant, clock.instant(), PAGE);
      for (Upload upload : page) {
        // Somebody who is still sending finds it gone.
        uploads.remove(upload, Actor.platform(), "upload.expire", "");
        removed++;
      }
    } while (page.size() == PAGE && !timer.isShutdown());
    if (removed > 0) {
      LOG.info("Removed {} uploads of {} whose time was over", removed, tenant);
    }
  }

  private void finishComplete(TenantId tenant) {
    List<Upload> page;
    String after = "";
    do {
      page = store.complete(tenant, after, PAGE);
      for (Upload upload : page) {
        after = upload.id();
        turns.takeFree(tenant, upload.id()).ifPresent(turn -> finish(tenant, upload.id(), turn));
      }
    } while (page.size() == PAGE && !timer.isShutdown());
  }

  private void finish(TenantId tenant, String id, Turns.Turn mine) {
    try (mine) {
      Optional<Upload> now = store.find(tenant, id);
      if (now.isPresent()) {
        Upload done = finish.finish(now.get());
        LOG.info("Finished the upload {} of {}, whose last request was cut off", done.id(), tenant);
      }
    } catch (IOException | RuntimeException e) {
      // The next one must not die of this one.
      LOG.warn("The upload {} of {} could not be finished: {}", id, tenant, e.toString());
    }
  }
}
