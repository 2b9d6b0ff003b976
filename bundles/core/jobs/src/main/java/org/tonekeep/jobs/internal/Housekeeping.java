package org.tonekeep.jobs.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Keeps the leases of this node's jobs, takes the jobs of dead workers back, tells handlers what
 * they missed, and forgets jobs that ended long ago.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private static final int STOP_WITHIN_SECONDS = 10;

  /** How long an ended job can be asked for. */
  static final Duration KEEP_ENDED = Duration.ofDays(7);

  private final LeaseTable leases;
  private final JobTable table;
  private final UntoldJobs untold;
  private final Clock clock;
  private final Tenants tenants;
  private final Duration lease;
  private final Set<JobRun> runs;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, JobDispatcher.threads("tonekeep-jobs-keeper-"));

  Housekeeping(
      LeaseTable leases,
      JobTable table,
      UntoldJobs untold,
      Clock clock,
      Tenants tenants,
      Duration lease,
      Set<JobRun> runs) {
    this.leases = leases;
    this.table = table;
    this.untold = untold;
    this.clock = clock;
    this.tenants = tenants;
    this.lease = lease;
    this.runs = runs;
  }

  void start(Runnable queued) {
    long third = lease.toMillis() / 3;
    if (leases.embedded()) {
      // No other process can hold a lease: what is running now died with the process before.
      Instant all = Instant.ofEpochMilli(Long.MAX_VALUE);
      guarded("restart", () -> LOG.debug("{} jobs were running", reclaim(all)));
    }
    long beat = Math.min(third, 2_000);
    every(beat, beat, () -> runs.forEach(r -> guarded("heartbeat", r::beat)));
    every(0, third, () -> guarded("reclaim", () -> reclaimExpired(queued)));
    long told = Math.min(third, 5_000);
    every(told, told, () -> guarded("telling", this::tell));
    long tenMinutes = Duration.ofMinutes(10).toMillis();
    every(tenMinutes / 10, tenMinutes, () -> guarded("purge", () -> purge(clock.instant())));
  }

  private void every(long first, long millis, Runnable work) {
    Future<?> unused = timer.scheduleWithFixedDelay(work, first, millis, TimeUnit.MILLISECONDS);
  }

  private void reclaimExpired(Runnable queued) {
    if (reclaim(clock.instant()) > 0) {
      queued.run();
    }
  }

  /** Waits for what runs now: an interrupt would break its work on the database. */
  void stop() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The housekeeping of jobs did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes back what dead workers left; returns how many jobs. */
  int reclaim(Instant expiredBefore) {
    int sum = 0;
    for (Tenant tenant : tenants.all()) {
      int count = leases.reclaim(tenant.id(), expiredBefore, clock.instant());
      if (count > 0) {
        LOG.info("{} jobs of tenant {} lost their worker and are begun again", count, tenant.id());
      }
      sum += count;
    }
    return sum;
  }

  /** Tells handlers that are back of what was cancelled while they were away. */
  void tell() {
    for (Tenant tenant : tenants.all()) {
      untold.tell(tenant.id());
    }
  }

  /** Forgets jobs that ended more than seven days ago. */
  void purge(Instant now) {
    for (Tenant tenant : tenants.all()) {
      TenantId id = tenant.id();
      table.purgeEnded(id, now.minus(KEEP_ENDED));
    }
  }

  /** A failure must not end the schedule: the database may be back at the next turn. */
  static void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError e) { // the latter while bundles are updated
      LOG.warn("The {} of jobs failed; it is tried again", what, e);
    }
  }
}
