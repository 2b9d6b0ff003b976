package org.tonekeep.jobs.internal;

import org.tonekeep.jobs.api.Job;

/**
 * A worker's right to one attempt of a job.
 *
 * @param job as it stood when claimed: running, with this attempt counted
 * @param version the lease version that fences everything the attempt writes
 * @param maxAttempts how many attempts the job has
 */
record Claim(Job job, long version, int maxAttempts) {
  /** Whether the attempts were used up by crashes, so that this one only has to end the job. */
  boolean exhausted() {
    return job.attempt() > maxAttempts;
  }

  boolean last() {
    return job.attempt() >= maxAttempts;
  }
}
