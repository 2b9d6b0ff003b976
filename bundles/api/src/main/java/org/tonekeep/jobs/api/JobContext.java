package org.tonekeep.jobs.api;

import org.osgi.annotation.versioning.ProviderType;

/** What a handler sees of its job. */
@ProviderType
public interface JobContext {
  Job job();

  /**
   * Says how far the work is; cheap (written at most every 300 ms) and renews the lease.
   *
   * @throws java.util.concurrent.CancellationException when somebody cancelled the job or the lease
   *     was lost
   */
  void progress(long done, long total, String stage);

  /**
   * @throws java.util.concurrent.CancellationException when somebody cancelled the job or the lease
   *     was lost
   */
  void checkCancelled();

  /**
   * Runs the writing end of the job in one transaction, fenced: it commits only while this attempt
   * still holds the lease, and marks the job done in the same transaction.
   *
   * @throws java.util.concurrent.CancellationException when the lease was lost; nothing was written
   */
  void commit(Runnable work);
}
