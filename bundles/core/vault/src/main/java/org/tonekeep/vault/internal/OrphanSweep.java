package org.tonekeep.vault.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
 * nobody finished) once they are a day old. Runs every six hours, never at the start, for suspended
 * tenants too.
 *
 * <p>What has no row is not always rubbish: beside an empty, restored or foreign database every
 * blob has none, and the bytes are then the only copy. So a tenant's store is counted first, and
 * nothing of it is deleted when the database knows none of its blobs, or when the unrecorded ones
 * are more than {@value #FEW} and more than the configured share; the operator is told.
 */
@Component(
    service = OrphanSweep.class,
    immediate = true,
    configurationPid = "org.tonekeep.vault.sweep")
public final class OrphanSweep {
  static final Duration AGE = Duration.ofHours(24);
  static final int FEW = 20;

  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
  private static final Duration PERIOD = Duration.ofHours(6);
  private static final int STOP_SECONDS = 30;
  private static final int PAGE = 1000;

  private final Tenants tenants;
  private final StoreBoard stores;
  private final BlobRowStore rows;
  private final BlobRemoval removal;
  private final Clock clock;
  private final int maxPercent;
  private final Map<String, String> refused = new ConcurrentHashMap<>();
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
      @Reference BlobRemoval removal,
      @Reference Clock clock,
      Config config) {
    this(tenants, stores, rows, removal, clock, config.maxPercent());
    long period = PERIOD.toSeconds();
    var unused = timer.scheduleWithFixedDelay(this::sweepAll, period, period, TimeUnit.SECONDS);
  }

  /** Without the timer. */
  OrphanSweep(
      Tenants tenants,
      StoreBoard stores,
      BlobRowStore rows,
      BlobRemoval removal,
      Clock clock,
      int maxPercent) {
    this.tenants = tenants;
    this.stores = stores;
    this.rows = rows;
    this.removal = removal;
    this.clock = clock;
    this.maxPercent = maxPercent;
  }

  /** Ends the timer; a sweep that is running ends after its page, never inside a transaction. */
  @Deactivate
  public void stop() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A sweep did not end in time; what it has not deleted is deleted later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was not swept, and why, for the operator; empty when all is well. */
  List<String> refusals() {
    return List.copyOf(new TreeMap<>(refused).values());
  }

  private void sweepAll() {
    for (Tenant tenant : tenants.all()) {
      for (Map.Entry<String, BlobStore> store : stores.present().entrySet()) {
        try {
          int unused = sweep(tenant.id(), store.getKey(), store.getValue());
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
    Count count = new Count();
    walk(tenant, adapter, store, count);
    String place = tenant + " in '" + adapter + "'";
    if (count.unrecorded == 0) {
      refused.remove(place);
      return 0;
    }
    boolean many =
        count.unrecorded > FEW && count.unrecorded * 100L > (long) maxPercent * count.old;
    if (maxPercent < 100 && (many || !rows.knowsAny(tenant, adapter))) {
      String words =
          "%d of %d old blobs of %s are not in the database: none is deleted"
              .formatted(count.unrecorded, count.old, place);
      if (!words.equals(refused.put(place, words))) {
        LOG.warn("{}. Is this the blobs' own database? See core/vault's README", words);
      }
      return 0;
    }
    refused.remove(place);
    Deletion deletion = new Deletion(tenant, adapter, store);
    walk(tenant, adapter, store, deletion);
    LOG.info("Swept {} unrecorded blobs of {}", deletion.deleted, place);
    return deletion.deleted;
  }

  private void walk(TenantId tenant, String adapter, BlobStore store, Visitor visitor)
      throws IOException {
    Instant before = clock.instant().minus(AGE);
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
      visitor.page(old.size(), old.stream().filter(key -> !remembered.contains(key)).toList());
      after = page.isEmpty() ? "" : page.get(page.size() - 1).key().path();
    } while (page.size() == PAGE && !timer.isShutdown());
  }

  /** Takes the old blobs of a tenant, page by page. */
  private interface Visitor {
    void page(int old, List<BlobKey> unrecorded) throws IOException;
  }

  private static final class Count implements Visitor {
    private long old;
    private long unrecorded;

    @Override
    public void page(int size, List<BlobKey> keys) {
      old += size;
      unrecorded += keys.size();
    }
  }

  private final class Deletion implements Visitor {
    private final TenantId tenant;
    private final String adapter;
    private final BlobStore store;
    private int deleted;

    Deletion(TenantId tenant, String adapter, BlobStore store) {
      this.tenant = tenant;
      this.adapter = adapter;
      this.store = store;
    }

    @Override
    public void page(int size, List<BlobKey> keys) throws IOException {
      for (BlobKey key : keys) {
        if (removal.remove(tenant, key, adapter, store) == BlobRemoval.Outcome.DELETED) {
          deleted++;
        }
      }
    }
  }

  /** The sweep's configuration. */
  public @interface Config {
    /**
     * Up to which share of a tenant's old blobs, in percent, unrecorded ones are taken for rubbish.
     * 100 sweeps whatever the share is, even when the database knows no blob of the tenant.
     */
    int maxPercent() default 10;
  }
}
