package org.tonekeep.jobs.internal.console;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.tenant.api.TenantId;

/** Puts a failed or cancelled job back in the queue. */
@Service
@Command(
    scope = "tonekeep",
    name = "job-retry",
    description = "Puts a failed or cancelled job back in the queue")
public final class RetryJob extends TenantAction {
  @Argument(name = "id", required = true, description = "The job's id")
  private String id = "";

  @Reference private Jobs jobs;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    if (!jobs.retry(tenant, new JobId(id))) {
      throw new IllegalArgumentException("There is no such job, or it has not failed");
    }
    System.out.println("The job is back in the queue");
  }
}
