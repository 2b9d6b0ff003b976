package org.tonekeep.vault.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.tenant.api.TenantId;

/** A list in the place of the queue. */
final class FakeJobs implements Jobs {
  private static final JobId ID = new JobId("00000000-0000-7000-8000-000000000000");
  final List<Job> queue = new CopyOnWriteArrayList<>();

  static JobContext context(Job job) {
    return context(job, () -> {});
  }

  /**
   * @param beat called at each sign of progress
   */
  static JobContext context(Job job, Runnable beat) {
    return new JobContext() {
      @Override
      public Job job() {
        return job;
      }

      @Override
      public void progress(long done, long total, String stage) {
        beat.run();
      }

      @Override
      public void checkCancelled() {
        beat.run();
      }

      @Override
      public void commit(Runnable work) {
        work.run();
      }
    };
  }

  static Job job(TenantId tenant, JobRequest request) {
    return new Job(
        tenant, ID, request, JobState.RUNNING, 1, 0, 0, "", null, Instant.EPOCH, Instant.EPOCH);
  }

  @Override
  public JobId enqueue(TenantId tenant, JobRequest request) {
    queue.add(job(tenant, request));
    return ID;
  }

  @Override
  public JobId enqueueAt(TenantId tenant, JobRequest request, Instant runAt) {
    queue.add(
        new Job(tenant, ID, request, JobState.WAITING, 0, 0, 0, "", null, Instant.EPOCH, runAt));
    return ID;
  }

  /** The queued jobs of a kind. */
  List<Job> ofKind(String kind) {
    return queue.stream().filter(job -> job.request().kind().equals(kind)).toList();
  }

  @Override
  public Optional<Job> find(TenantId tenant, JobId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Job> ofSubject(TenantId tenant, String subject) {
    return queue.stream()
        .filter(job -> job.tenant().equals(tenant) && job.request().subject().equals(subject))
        .toList();
  }

  @Override
  public List<Job> list(TenantId tenant, @Nullable JobState state, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean cancel(TenantId tenant, JobId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean retry(TenantId tenant, JobId id) {
    throw new UnsupportedOperationException();
  }
}
