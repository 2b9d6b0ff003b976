package org.tonekeep.vault.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.vault.internal.jpa.BlobRowStore;

/**
 * Deletes bytes that were received but never recorded (a crash between the two, an upload that
 * nobody finished) once they are a day old. Runs at the start and every six hours, for suspended
 * tenants too.
 */
@Component(service = OrphanSweep.class, immediate = true)
public final class OrphanSweep {
  static final Duration AGE = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
  private static final Duration PERIOD = Duration.ofHours(6);
  private static final int PAGE = 1000;

  private final Tenants tenants;
  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "tonekeep-orphan-sweep");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts the timer. */
  @Activate
  public OrphanSweep(
      @Reference Tenants tenants,
      @Reference StoreBoard stores,
      @Reference BlobRowStore rows,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.stores = stores;
    this.rows = rows;
    this.clock = clock;
    var unused =
        timer.scheduleWithFixedDelay(this::sweepAll, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
  }

  /** Ends the timer and interrupts a sweep that is running. */
  @Deactivate
  public void stop() {
    timer.shutdownNow();
  }

  private void sweepAll() {
    for (Tenant tenant : tenants.all()) {
      for (Map.Entry<String, BlobStore> store : stores.present().entrySet()) {
        try {
          sweep(tenant.id(), store.getKey(), store.getValue());
        } catch (IOException | RuntimeException e) {
          // The next tenant's sweep, and the next run, must not die of this one.
          LOG.warn("The sweep of {} in '{}' failed", tenant.id(), store.getKey(), e);
        }
      }
    }
  }

  /**
   * Sweeps one tenant's bytes in one store.
   *
   * @return how many blobs were deleted
   */
  int sweep(TenantId tenant, String adapter, BlobStore store) throws IOException {
    Instant before = clock.instant().minus(AGE);
    int deleted = 0;
    String after = "";
    List<BlobStat> page;
    do {
      page = store.list(tenant, "", after, PAGE);
      List<BlobKey> old =
          page.stream()
              .filter(stat -> stat.modified().isBefore(before))
              .map(BlobStat::key)
              .toList();
      Set<BlobKey> remembered = rows.remembered(tenant, adapter, old);
      for (BlobKey key : old) {
        if (!remembered.contains(key) && store.delete(key)) {
          deleted++;
        }
      }
      after = page.isEmpty() ? "" : page.get(page.size() - 1).key().path();
    } while (page.size() == PAGE && !Thread.currentThread().isInterrupted());
    if (deleted > 0) {
      LOG.info("Swept {} unrecorded blobs of {} in '{}'", deleted, tenant, adapter);
    }
    return deleted;
  }
}
