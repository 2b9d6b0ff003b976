package org.tonekeep.jobs.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the jobs of one kind. Handlers are idempotent: after a crash or a lost lease the same job is
 * begun again, possibly while an old attempt is still dying; {@link JobContext#commit} keeps the
 * old one from writing. Called on worker threads, several at once.
 */
@ConsumerType
public interface JobHandler {
  /** The kind it handles; one handler per kind. */
  String kind();

  /**
   * Does the job. Returning means done.
   *
   * @throws JobFailedException when trying again will not help
   * @throws java.util.concurrent.CancellationException when it stopped because of {@link
   *     JobContext#checkCancelled}
   * @throws IOException (or any other exception) when trying again may help: retried with backoff
   * @throws InterruptedException when the worker is shutting down: the job goes back to the queue
   */
  void run(JobContext context) throws IOException, InterruptedException;

  /** Called once, in the ending transaction, when a job failed for good. */
  default void failed(Job job, String reason) {}

  /**
   * Called once, in the ending transaction, when a job was cancelled, whether it waited or ran. A
   * handler that is not here at that moment is called when it is back.
   */
  default void cancelled(Job job) {}
}
