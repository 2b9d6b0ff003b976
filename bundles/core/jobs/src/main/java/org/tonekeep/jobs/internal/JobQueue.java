package org.tonekeep.jobs.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/**
 * The queue as other bundles see it. It refers to no handler, so that a handler's bundle can depend
 * on it without a circle; those that are here it finds in {@link Handlers}.
 */
@Component(service = Jobs.class)
public final class JobQueue implements Jobs {
  /** How often a job is begun before it fails for good. */
  static final int MAX_ATTEMPTS = 8;

  private static final int MAX_OF_SUBJECT = 50;
  private static final int MAX_LIST = 1_000;

  private final JobTable table;
  private final JobSignals signals;
  private final Handlers handlers;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public JobQueue(
      @Reference JobTable table,
      @Reference JobSignals signals,
      @Reference Handlers handlers,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.table = table;
    this.signals = signals;
    this.handlers = handlers;
    this.tx = tx;
    this.clock = clock;
  }

  @Override
  public JobId enqueue(TenantId tenant, JobRequest request) {
    return enqueueAt(tenant, request, clock.instant());
  }

  @Override
  public JobId enqueueAt(TenantId tenant, JobRequest request, Instant runAt) {
    if (request.owner().length() > 36 || request.kind().length() > 100) {
      throw new IllegalArgumentException("A job's owner or kind is too long");
    }
    JobId id = new JobId(Ids.next(clock));
    table.insert(tenant, id, request, MAX_ATTEMPTS, clock.instant(), runAt);
    tx.afterCommit(signals::queued);
    return id;
  }

  @Override
  public Optional<Job> find(TenantId tenant, JobId id) {
    return table.find(tenant, id);
  }

  @Override
  public List<Job> ofSubject(TenantId tenant, String subject) {
    return table.ofSubject(tenant, subject, MAX_OF_SUBJECT);
  }

  @Override
  public List<Job> list(TenantId tenant, @Nullable JobState state, int limit) {
    return table.list(tenant, state, Math.min(Math.max(limit, 1), MAX_LIST));
  }

  @Override
  public boolean cancel(TenantId tenant, JobId id) {
    return tx.call(
        tenant,
        () -> {
          // Twice: between the two questions a worker may take the job or give it back.
          for (int i = 0; i < 2; i++) {
            if (cancelWaiting(tenant, id)) {
              tx.afterCommit(() -> signals.changed(tenant, id));
              return true;
            }
            if (table.askRunning(tenant, id)) {
              tx.afterCommit(() -> signals.cancelAsked(tenant, id));
              return true;
            }
          }
          return false;
        });
  }

  /** Ends a waiting job and tells its handler; one that is away is told when it is back. */
  private boolean cancelWaiting(TenantId tenant, JobId id) {
    Optional<Job> job = table.find(tenant, id);
    Optional<JobHandler> handler = job.flatMap(j -> handlers.find(j.request().kind()));
    if (job.isEmpty() || !table.cancelWaiting(tenant, id, handler.isEmpty(), clock.instant())) {
      return false;
    }
    handler.ifPresent(h -> h.cancelled(job.get()));
    return true;
  }

  @Override
  public boolean retry(TenantId tenant, JobId id) {
    boolean back = table.retry(tenant, id, clock.instant());
    if (back) {
      tx.afterCommit(signals::queued);
    }
    return back;
  }
}
