package org.tonekeep.audit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.internal.LogWriter.Waiting;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Puts what was committed into the trees, five times a second. Each node does so with what was
 * committed on it; the row of the tree keeps them apart. What a dead process left behind is looked
 * for in the table, at the start and, where there can be other nodes, every ten seconds.
 */
@Component(service = Sequencer.class, immediate = true)
public final class Sequencer {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
  private static final long PERIOD_MILLIS = 200;
  private static final int SWEEP_TICKS = 50;
  private static final int BATCH = 1000;
  private static final int MOST_WAITING = 50_000;
  private static final long STOP_SECONDS = 10;

  /** How long before the last checkpoint an act can have begun that is still not in the tree. */
  private static final Duration BEFORE = Duration.ofMinutes(10);

  private final LogWriter writer;
  private final TreeStore trees;
  private final EntryStore entries;
  private final EntryMac macs;
  private final Tenants tenants;
  private final boolean alone;
  private final Map<TenantId, BlockingQueue<Waiting>> queues = new ConcurrentHashMap<>();
  private final Set<TenantId> unswept = ConcurrentHashMap.newKeySet();
  private final Map<TenantId, String> refusals = new ConcurrentHashMap<>();
  private final Map<TenantId, String> foreign = new ConcurrentHashMap<>();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "audit-sequencer");
            thread.setDaemon(true);
            return thread;
          });
  private int ticks;

  @Activate
  public Sequencer(
      @Reference LogWriter writer,
      @Reference TreeStore trees,
      @Reference EntryStore entries,
      @Reference KeyRing keys,
      @Reference Tenants tenants) {
    this(writer, trees, entries, new EntryMac(keys), tenants);
    Object unused =
        worker.scheduleWithFixedDelay(
            this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Without the thread. */
  Sequencer(LogWriter writer, TreeStore trees, EntryStore entries, EntryMac macs, Tenants tenants) {
    this.writer = writer;
    this.trees = trees;
    this.entries = entries;
    this.macs = macs;
    this.tenants = tenants;
    this.alone = trees.embedded();
  }

  /** An entry has committed. */
  void appended(TenantId tenant, Waiting entry) {
    boolean taken =
        queues.computeIfAbsent(tenant, t -> new LinkedBlockingQueue<>(MOST_WAITING)).offer(entry);
    if (!taken) {
      unswept.add(tenant); // the table has it
    }
  }

  /** Why a tenant's log does not go on, by tenant; empty when all do. */
  SortedMap<TenantId, String> refusals() {
    SortedMap<TenantId, String> all = new TreeMap<>(foreign);
    all.putAll(refusals);
    return all;
  }

  /** An exception would end the schedule; what failed is looked for in the table later. */
  void tick() {
    if (ticks == 0 || (!alone && ticks % SWEEP_TICKS == 0)) {
      tenants.all().stream().map(Tenant::id).forEach(unswept::add);
    }
    boolean sweeping = ticks++ % (SWEEP_TICKS / 10) == 0;
    for (TenantId tenant : queues.keySet()) {
      attempt(tenant, () -> drain(tenant));
    }
    if (sweeping) {
      for (TenantId tenant : List.copyOf(unswept)) {
        attempt(tenant, () -> sweep(tenant));
      }
    }
  }

  private void attempt(TenantId tenant, Runnable work) {
    try {
      work.run();
    } catch (BrokenLogException e) {
      if (!String.valueOf(e.getMessage()).equals(refusals.put(tenant, e.getMessage()))) {
        LOG.error("The audit log of {} is not continued: {}", tenant, e.getMessage());
      }
      unswept.add(tenant);
    } catch (AuditStoreException e) {
      LOG.debug("Entries of {} are looked for in the table", tenant, e);
      unswept.add(tenant); // another node was faster, or the database is away
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("Entries of {} wait; it is tried again", tenant, e);
      unswept.add(tenant);
    }
  }

  private void drain(TenantId tenant) {
    BlockingQueue<Waiting> queue = queues.get(tenant);
    List<Waiting> batch = new ArrayList<>();
    while (queue != null && queue.drainTo(batch, BATCH) > 0) {
      writer.append(tenant, batch);
      refusals.remove(tenant);
      batch.clear();
    }
  }

  private void sweep(TenantId tenant) {
    Instant since =
        trees.find(tenant).map(tree -> tree.signedAt().minus(BEFORE)).orElse(Instant.EPOCH);
    unswept.remove(tenant);
    List<StoredEntry> found;
    do {
      found = entries.waiting(tenant, since, BATCH);
      List<Waiting> own = new ArrayList<>();
      Optional<String> other = Optional.empty();
      for (StoredEntry entry : found) {
        if (macs.holds(tenant, entry.erased(), entry.leaf(), entry.mac())) {
          own.add(new Waiting(entry.id(), entry.leaf()));
        } else {
          other = Optional.of(entry.id());
        }
      }
      note(tenant, other);
      if (own.isEmpty()) {
        refusals.remove(tenant);
        return;
      }
      writer.append(tenant, own);
      refusals.remove(tenant);
    } while (found.size() == BATCH && !worker.isShutdown());
  }

  private void note(TenantId tenant, Optional<String> other) {
    if (other.isEmpty()) {
      foreign.remove(tenant);
    } else if (foreign.put(tenant, "entry " + other.get() + " was not written by us") == null) {
      LOG.error("The audit table of {} has an entry that was not written by us", tenant);
    }
  }

  /** What has committed meanwhile still gets into the trees. */
  @Deactivate
  void stop() {
    worker.shutdown(); // no interrupt: a task may be inside the database
    try {
      if (worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        queues.keySet().forEach(tenant -> attempt(tenant, () -> drain(tenant)));
      } else {
        LOG.warn("A task did not end within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
