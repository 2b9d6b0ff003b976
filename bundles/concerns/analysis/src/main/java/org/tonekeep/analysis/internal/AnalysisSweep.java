package org.tonekeep.analysis.internal;

import java.time.Duration;
import java.util.List;
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
import org.tonekeep.analysis.internal.jpa.AnalysisStore;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Forgets what should not be here: analyses of tracks that were removed while this bundle was away,
 * and loudness where the tenant does not let it be measured any more. Runs at the start and every
 * six hours, for suspended tenants too.
 */
@Component(service = AnalysisSweep.class, immediate = true)
public final class AnalysisSweep {
  private static final Logger LOG = LoggerFactory.getLogger(AnalysisSweep.class);
  private static final Duration PERIOD = Duration.ofHours(6);
  private static final long STOP_SECONDS = 10;
  private static final int PAGE = 200;

  private final Tenants tenants;
  private final Catalog catalog;
  private final AnalysisStore store;
  private final AnalysisData data;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-analysis-sweep");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts the timer. */
  @Activate
  public AnalysisSweep(
      @Reference Tenants tenants,
      @Reference Catalog catalog,
      @Reference AnalysisStore store,
      @Reference AnalysisData data) {
    this.tenants = tenants;
    this.catalog = catalog;
    this.store = store;
    this.data = data;
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::sweepAll, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Ends the schedule and waits for the track that is being swept: interrupting it would break the
   * database's connection.
   */
  @Deactivate
  public void stop() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The sweep did not end in time; it is done again at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweepAll() {
    for (Tenant tenant : tenants.all()) {
      try {
        sweep(tenant);
      } catch (RuntimeException e) {
        // The next tenant's sweep, and the next run, must not die of this one.
        LOG.warn("The sweep of tenant {} failed; it is done again later", tenant.id(), e);
      }
    }
  }

  /** Sweeps one tenant, until it is done or the bundle stops. */
  private void sweep(Tenant tenant) {
    TenantId id = tenant.id();
    int forgotten = 0;
    String after = "";
    List<TrackId> page;
    do {
      page = store.tracks(id, after, PAGE);
      for (TrackId track : page) {
        if (timer.isShutdown()) {
          return;
        }
        if (!catalog.exists(id, track)) {
          data.trackPurged(id, track);
          forgotten++;
        }
        after = track.value();
      }
    } while (page.size() == PAGE);
    if (forgotten > 0) {
      LOG.info("Forgot {} analyses of tenant {} whose tracks are gone", forgotten, id);
    }
    int silenced = tenant.get(AnalysisFeature.LOUDNESS) ? 0 : store.forgetLoudness(id);
    if (silenced > 0) {
      LOG.info("Forgot the loudness of {} tracks of tenant {}", silenced, id);
    }
  }
}
