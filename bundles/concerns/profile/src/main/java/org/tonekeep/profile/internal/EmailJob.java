package org.tonekeep.profile.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.tenant.api.TenantId;

/** Sees to a wished address; idempotent, since the wish goes with its effect. */
@Component(service = JobHandler.class)
public final class EmailJob implements JobHandler {
  static final String KIND = "profile.email";

  private final EmailChanges changes;

  @Activate
  public EmailJob(@Reference EmailChanges changes) {
    this.changes = changes;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext context) {
    TenantId tenant = context.job().tenant();
    String id = context.job().request().subject();
    context.commit(() -> changes.see(tenant, id));
  }

  @Override
  public void failed(Job job, String reason) {
    changes.forget(job.tenant(), job.request().subject());
  }

  @Override
  public void cancelled(Job job) {
    changes.forget(job.tenant(), job.request().subject());
  }
}
