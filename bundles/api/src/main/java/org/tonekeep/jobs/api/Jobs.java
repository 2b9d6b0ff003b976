package org.tonekeep.jobs.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/** The durable queue. */
@ProviderType
public interface Jobs {
  /** Enqueues; joins the running transaction, so the job exists exactly if that commits. */
  JobId enqueue(TenantId tenant, JobRequest request);

  /** Enqueues a job that is not begun before a time. */
  JobId enqueueAt(TenantId tenant, JobRequest request, Instant runAt);

  Optional<Job> find(TenantId tenant, JobId id);

  /** Jobs of a subject, newest first, at most 50. */
  List<Job> ofSubject(TenantId tenant, String subject);

  /** Jobs of a tenant, newest first; {@code state} null means all. */
  List<Job> list(TenantId tenant, @org.jspecify.annotations.Nullable JobState state, int limit);

  /**
   * Asks a job to stop: a waiting one ends at once, a running one soon. False when it has ended.
   */
  boolean cancel(TenantId tenant, JobId id);

  /** Puts a failed or cancelled job back in the queue with fresh attempts. False otherwise. */
  boolean retry(TenantId tenant, JobId id);
}
