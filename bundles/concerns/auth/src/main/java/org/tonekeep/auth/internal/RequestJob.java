package org.tonekeep.auth.internal;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.Requests.Asked;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobContext;
import org.tonekeep.jobs.api.JobHandler;
import org.tonekeep.tenant.api.TenantId;

/** Sees to what strangers asked for; idempotent, since the request goes with its effect. */
@Component(service = JobHandler.class)
public final class RequestJob implements JobHandler {
  private final Requests requests;
  private final SignUps signUps;
  private final Recovery recovery;

  @Activate
  public RequestJob(
      @Reference Requests requests, @Reference SignUps signUps, @Reference Recovery recovery) {
    this.requests = requests;
    this.signUps = signUps;
    this.recovery = recovery;
  }

  @Override
  public String kind() {
    return Requests.KIND;
  }

  @Override
  public void run(JobContext context) {
    TenantId tenant = context.job().tenant();
    String id = context.job().request().subject();
    context.commit(
        () -> {
          Optional<Asked> asked = requests.find(tenant, id);
          asked.ifPresent(a -> see(tenant, a));
          requests.remove(tenant, id);
        });
  }

  private void see(TenantId tenant, Asked asked) {
    switch (asked.want()) {
      case ACCOUNT -> signUps.open(tenant, asked.words());
      case PASSWORD -> recovery.start(tenant, asked.words());
    }
  }

  @Override
  public void failed(Job job, String reason) {
    requests.remove(job.tenant(), job.request().subject());
  }

  @Override
  public void cancelled(Job job) {
    requests.remove(job.tenant(), job.request().subject());
  }
}
