package org.tonekeep.jobs.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.tenant.api.Tenants;

/** Says whether jobs are done, and how long the oldest one that is due has waited. */
@Component(service = Readiness.class)
public final class JobsReadiness implements Readiness {
  private final JobDispatcher dispatcher;
  private final JobTable table;
  private final Tenants tenants;
  private final Clock clock;

  @Activate
  public JobsReadiness(
      @Reference JobDispatcher dispatcher,
      @Reference JobTable table,
      @Reference Tenants tenants,
      @Reference Clock clock) {
    this.dispatcher = dispatcher;
    this.table = table;
    this.tenants = tenants;
    this.clock = clock;
  }

  @Override
  public Health check() {
    if (!dispatcher.alive()) {
      return new Health("jobs", false, "the dispatcher has died");
    }
    Instant now = clock.instant();
    String oldest;
    try {
      oldest =
          tenants.all().stream()
              .map(t -> table.oldestDue(t.id(), now))
              .flatMap(Optional::stream)
              .min(Instant::compareTo)
              .map(
                  t ->
                      "the oldest due job waits for " + Duration.between(t, now).toSeconds() + " s")
              .orElse("nothing waits");
    } catch (JobStoreException e) {
      return new Health("jobs", false, String.valueOf(e.getMessage()));
    }
    return new Health(
        "jobs",
        true,
        dispatcher.running() + " of " + dispatcher.workers() + " workers busy; " + oldest);
  }
}
