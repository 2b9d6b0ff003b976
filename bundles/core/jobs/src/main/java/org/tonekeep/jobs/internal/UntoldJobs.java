package org.tonekeep.jobs.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/**
 * Tells handlers of the jobs that were cancelled while they were away, each in one transaction with
 * the mark that it was told.
 */
final class UntoldJobs {
  private static final Logger LOG = LoggerFactory.getLogger(UntoldJobs.class);
  private static final int PAGE = 100;

  private final JobTable table;
  private final Handlers handlers;
  private final Tx tx;

  UntoldJobs(JobTable table, Handlers handlers, Tx tx) {
    this.table = table;
    this.handlers = handlers;
    this.tx = tx;
  }

  /** Tells those handlers of the tenant's jobs that are here. */
  void tell(TenantId tenant) {
    Set<String> kinds = handlers.kinds();
    if (kinds.isEmpty()) {
      return;
    }
    String before = "";
    List<Job> page;
    do {
      page = table.untold(tenant, kinds, before, PAGE);
      for (Job job : page) {
        tell(job);
        before = job.id().value();
      }
    } while (page.size() == PAGE);
  }

  private void tell(Job job) {
    Optional<JobHandler> handler = handlers.find(job.request().kind());
    if (handler.isEmpty()) {
      return;
    }
    try {
      tx.run(
          job.tenant(),
          () -> {
            if (table.told(job.tenant(), job.id())) {
              handler.get().cancelled(job);
            }
          });
    } catch (RuntimeException e) {
      // One handler that cannot must not keep the others from being told.
      LOG.warn("The handler of cancelled job {} could not be told; tried again", job.id(), e);
    }
  }
}
