package org.tonekeep.jobs.internal.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tonekeep.jobs.api.Job;

/** A job as REST shows it. */
public record JobView(
    String id,
    String kind,
    String subject,
    String state,
    Progress progress,
    int attempt,
    @Nullable String failure,
    Instant createdAt) {

  /**
   * How far the work is.
   *
   * @param total 0 when unknown
   */
  public record Progress(long done, long total, String stage) {}

  static JobView of(Job job) {
    return new JobView(
        job.id().value(),
        job.request().kind(),
        job.request().subject(),
        job.state().word(),
        progress(job),
        job.attempt(),
        job.failure(),
        job.createdAt());
  }

  static Progress progress(Job job) {
    return new Progress(job.done(), job.total(), job.stage());
  }
}
