package org.tonekeep.jobs.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Gives free workers the jobs whose turn it is. One thread claims; it looks at once when work is
 * announced and every poll interval otherwise. A job is claimed only when its handler is here and
 * its feature is on: until then it waits and no attempt is counted.
 */
@Component(service = JobDispatcher.class, immediate = true, configurationPid = "org.tonekeep.jobs")
@Designate(ocd = JobsConfig.class)
public final class JobDispatcher implements JobSignals.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(JobDispatcher.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final JobRun.Shop shop;
  private final Tenants tenants;
  private final Gate gate;
  private final int workers;
  private final long pollMillis;
  private final String node = UUID.randomUUID().toString();
  private final Turns turns = new Turns();
  private final Handlers handlers;
  private final Set<JobRun> runs = ConcurrentHashMap.newKeySet();
  private final Semaphore look = new Semaphore(0);
  private final Object handlerLock = new Object();
  private final ExecutorService pool;
  private final Thread thread;
  private final Housekeeping housekeeping;
  private volatile boolean stopping;

  @Activate
  public JobDispatcher(
      @Reference LeaseTable leases,
      @Reference JobTable table,
      @Reference JobSignals signals,
      @Reference Handlers handlers,
      @Reference Tx tx,
      @Reference Clock clock,
      @Reference Tenants tenants,
      @Reference Gate gate,
      JobsConfig config) {
    this(
        leases,
        table,
        signals,
        handlers,
        tx,
        clock,
        tenants,
        gate,
        config.workers() > 0 ? config.workers() : Runtime.getRuntime().availableProcessors(),
        Duration.ofSeconds(Math.max(2, config.lease_seconds())),
        Math.max(20, config.poll_millis()));
  }

  JobDispatcher(
      LeaseTable leases,
      JobTable table,
      JobSignals signals,
      Handlers handlers,
      Tx tx,
      Clock clock,
      Tenants tenants,
      Gate gate,
      int workers,
      Duration lease,
      long pollMillis) {
    this.shop = new JobRun.Shop(leases, signals, tx, clock, lease);
    this.handlers = handlers;
    this.tenants = tenants;
    this.gate = gate;
    this.workers = workers;
    this.pollMillis = pollMillis;
    this.pool = Executors.newFixedThreadPool(workers, threads("tonekeep-job-"));
    this.thread = new Thread(this::loop, "tonekeep-jobs-dispatcher");
    this.housekeeping =
        new Housekeeping(
            leases, table, new UntoldJobs(table, handlers, tx), clock, tenants, lease, runs);
  }

  static java.util.concurrent.ThreadFactory threads(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread made = new Thread(work, prefix + number.incrementAndGet());
      made.setDaemon(true);
      return made;
    };
  }

  /** Begins to work; called once, after the handlers that are there were bound. */
  @Activate
  void start() {
    shop.signals().add(this);
    housekeeping.start(this::queued);
    thread.setDaemon(true);
    thread.start();
  }

  /** Gives all jobs back to the queue and ends the threads. */
  @Deactivate
  void stop() {
    shop.signals().remove(this);
    stopping = true;
    look.release();
    boolean interrupted = false;
    try {
      thread.join(STOP_WITHIN.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    giveBack(List.copyOf(runs));
    housekeeping.stop();
    pool.shutdown(); // who did not stop when asked is not cut off within the database either
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unbindHandler")
  void bindHandler(JobHandler handler) {
    synchronized (handlerLock) {
      if (!handlers.add(handler)) {
        LOG.error("A second handler of kind {} is ignored", handler.kind());
      }
    }
    queued();
  }

  /** Waits until the handler's jobs are back in the queue, so that its bundle can stop cleanly. */
  void unbindHandler(JobHandler handler) {
    List<JobRun> its;
    synchronized (handlerLock) {
      handlers.remove(handler);
      its = runs.stream().filter(r -> r.handler() == handler).toList();
    }
    giveBack(its);
  }

  private void giveBack(Collection<JobRun> its) {
    its.forEach(r -> r.stop(JobRun.Stop.RELEASED));
    long end = System.nanoTime() + STOP_WITHIN.toNanos();
    try {
      for (JobRun run : its) {
        if (run.awaitOver(end - System.nanoTime())) {
          runs.remove(run); // its thread does so in a moment; nothing may be held when we return
        } else {
          LOG.warn("Job {} did not stop in time; its lease will run out", run.job().id());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void queued() {
    look.release();
  }

  @Override
  public void cancelAsked(TenantId tenant, JobId id) {
    for (JobRun run : runs) {
      if (run.job().id().equals(id) && run.job().tenant().equals(tenant)) {
        run.stop(JobRun.Stop.CANCELLED);
      }
    }
  }

  /** Whether the dispatching thread lives. */
  boolean alive() {
    return thread.isAlive();
  }

  /** How many jobs this node can do at once. */
  int workers() {
    return workers;
  }

  /** How many jobs this node does now. */
  int running() {
    return runs.size();
  }

  private void loop() {
    while (!stopping) {
      try {
        if (runs.size() >= workers || !startOne()) {
          Object unused = look.tryAcquire(pollMillis, TimeUnit.MILLISECONDS);
          look.drainPermits();
        }
      } catch (InterruptedException e) {
        return; // nobody interrupts this thread but a dying JVM
      } catch (RuntimeException | LinkageError e) {
        // A class that is missing while bundles are updated must not end the dispatching for good.
        LOG.warn("Looking for jobs failed; it is tried again", e);
        Object unused = pause();
      }
    }
  }

  private boolean pause() {
    try {
      return look.tryAcquire(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean startOne() {
    Map<TenantId, Long> running =
        runs.stream().collect(Collectors.groupingBy(r -> r.job().tenant(), Collectors.counting()));
    List<TenantId> all = tenants.all().stream().map(Tenant::id).toList();
    for (TenantId tenant : turns.order(all, running)) {
      Optional<Claim> claim = claim(tenant);
      if (claim.isPresent()) {
        turns.served(tenant, claim.get().job().request().owner());
        begin(claim.get());
        return true;
      }
    }
    return false;
  }

  private Optional<Claim> claim(TenantId tenant) {
    List<String> kinds = handlers.kinds().stream().filter(k -> mayRun(tenant, k)).toList();
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    Set<String> busy =
        runs.stream()
            .filter(r -> r.job().tenant().equals(tenant))
            .map(r -> r.job().request().owner())
            .collect(Collectors.toSet());
    Optional<Claim> claim = claim(tenant, kinds, busy);
    return claim.isEmpty() && !busy.isEmpty() ? claim(tenant, kinds, Set.of()) : claim;
  }

  private Optional<Claim> claim(TenantId tenant, List<String> kinds, Set<String> busy) {
    Instant now = shop.clock().instant();
    return shop.leases()
        .claim(tenant, kinds, busy, turns.lastOwner(tenant), node, now, now.plus(shop.lease()));
  }

  private boolean mayRun(TenantId tenant, String kind) {
    String feature = new JobRequest("", kind, "", Map.of()).feature();
    return feature.equals("core") || gate.isOn(tenant, feature);
  }

  private void begin(Claim claim) {
    JobRun run;
    synchronized (handlerLock) {
      Optional<JobHandler> handler = handlers.find(claim.job().request().kind());
      if (handler.isEmpty() || stopping) {
        giveBack(claim);
        return;
      }
      run = new JobRun(claim, handler.get(), shop);
      runs.add(run);
    }
    pool.execute(
        () -> {
          try {
            run.run();
          } finally {
            runs.remove(run);
            queued();
          }
        });
  }

  /** Gives back a claim that nobody can begin. */
  private void giveBack(Claim claim) {
    TenantId tenant = claim.job().tenant();
    Instant now = shop.clock().instant();
    if (!shop.leases().release(tenant, claim, now)) {
      boolean unused = shop.leases().cancelled(tenant, claim, true, now);
    }
  }

  /** The attempts that run now. */
  List<JobRun> runs() {
    return new ArrayList<>(runs);
  }
}
