package org.tonekeep.jobs.internal.console;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.tenant.api.TenantId;

/** Asks a job to stop. */
@Service
@Command(scope = "tonekeep", name = "job-cancel", description = "Asks a job to stop")
public final class CancelJob extends TenantAction {
  @Argument(name = "id", required = true, description = "The job's id")
  private String id = "";

  @Reference private Jobs jobs;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    if (!jobs.cancel(tenant, new JobId(id))) {
      throw new IllegalArgumentException("There is no such job, or it has ended");
    }
    System.out.println("The job is asked to stop");
  }
}
