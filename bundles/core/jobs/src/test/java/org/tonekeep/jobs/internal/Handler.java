package org.tonekeep.jobs.internal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobHandler;

/** A handler of a test: does what it is told and remembers what it did. */
final class Handler implements JobHandler {
  /** What to do. */
  interface Work {
    void run(JobContext context) throws IOException, InterruptedException;
  }

  private final String kind;
  private final Work work;
  final List<Job> begun = new CopyOnWriteArrayList<>();
  final List<String> failures = new CopyOnWriteArrayList<>();
  final List<Job> cancelled = new CopyOnWriteArrayList<>();
  volatile Runnable whenCancelled = () -> {};

  Handler(String kind, Work work) {
    this.kind = kind;
    this.work = work;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public void run(JobContext context) throws IOException, InterruptedException {
    begun.add(context.job());
    work.run(context);
  }

  @Override
  public void failed(Job job, String reason) {
    failures.add(reason);
  }

  @Override
  public void cancelled(Job job) {
    whenCancelled.run();
    cancelled.add(job);
  }
}
