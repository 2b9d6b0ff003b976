package org.tonekeep.testing.kit;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/** A queue that a test works off; knows no transactions of its own. */
public final class TestJobs implements Jobs {
  /** A job with its tenant. */
  public record Queued(TenantId tenant, JobRequest request) {}

  /** What was not worked off yet. */
  public final Deque<Queued> waiting = new ArrayDeque<>();

  private final Tx tx;
  private final Clock clock;

  public TestJobs(Tx tx, Clock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /** Works off what is waiting. */
  public void work(JobHandler handler) {
    while (!waiting.isEmpty()) {
      Queued next = waiting.remove();
      try {
        handler.run(context(next));
      } catch (java.io.IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private JobContext context(Queued queued) {
    return new JobContext() {
      @Override
      public Job job() {
        return TestJobs.this.job(queued);
      }

      @Override
      public void progress(long done, long total, String stage) {}

      @Override
      public void checkCancelled() {}

      @Override
      public void commit(Runnable work) {
        tx.run(queued.tenant(), work);
      }
    };
  }

  private Job job(Queued queued) {
    Instant now = clock.instant();
    return new Job(
        queued.tenant(),
        new JobId(UUID.randomUUID().toString()),
        queued.request(),
        JobState.RUNNING,
        1,
        0,
        0,
        "",
        null,
        now,
        now);
  }

  @Override
  public JobId enqueue(TenantId tenant, JobRequest request) {
    waiting.add(new Queued(tenant, request));
    return new JobId(UUID.randomUUID().toString());
  }

  @Override
  public JobId enqueueAt(TenantId tenant, JobRequest request, Instant runAt) {
    return enqueue(tenant, request);
  }

  @Override
  public Optional<Job> find(TenantId tenant, JobId id) {
    return Optional.empty();
  }

  @Override
  public List<Job> ofSubject(TenantId tenant, String subject) {
    return List.of();
  }

  @Override
  public List<Job> list(TenantId tenant, @Nullable JobState state, int limit) {
    return List.of();
  }

  @Override
  public boolean cancel(TenantId tenant, JobId id) {
    return false;
  }

  @Override
  public boolean retry(TenantId tenant, JobId id) {
    return false;
  }
}
