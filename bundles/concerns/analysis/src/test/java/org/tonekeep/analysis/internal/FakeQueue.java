package org.tonekeep.analysis.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.JobState;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.tenant.api.TenantId;

/** A queue that only remembers. */
final class FakeQueue implements Jobs {
  final List<Job> jobs = new ArrayList<>();

  /** Sets the state of all jobs. */
  void all(JobState state) {
    jobs.replaceAll(
        j ->
            new Job(
                j.tenant(),
                j.id(),
                j.request(),
                state,
                1,
                0,
                0,
                "",
                null,
                j.createdAt(),
                j.runAt()));
  }

  @Override
  public JobId enqueue(TenantId tenant, JobRequest request) {
    return enqueueAt(tenant, request, Workbench.NOW);
  }

  @Override
  public JobId enqueueAt(TenantId tenant, JobRequest request, Instant runAt) {
    JobId id = new JobId(String.format("00000000-0000-7000-8000-%012d", 700 + jobs.size()));
    jobs.add(
        new Job(tenant, id, request, JobState.WAITING, 0, 0, 0, "", null, Workbench.NOW, runAt));
    return id;
  }

  @Override
  public Optional<Job> find(TenantId tenant, JobId id) {
    return list(tenant, null, 1_000).stream().filter(j -> j.id().equals(id)).findFirst();
  }

  @Override
  public List<Job> ofSubject(TenantId tenant, String subject) {
    return list(tenant, null, 1_000).stream()
        .filter(j -> j.request().subject().equals(subject))
        .toList();
  }

  @Override
  public List<Job> list(TenantId tenant, @Nullable JobState state, int limit) {
    return jobs.stream().filter(j -> j.tenant().equals(tenant)).toList();
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
