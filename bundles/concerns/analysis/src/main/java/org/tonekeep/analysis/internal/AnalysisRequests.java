package org.tonekeep.analysis.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Catalog;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/** Owners who want a track analysed again, such as one whose analysis failed. */
@Component(service = AnalysisRequests.class)
public final class AnalysisRequests {
  private final AnalysedTracks tracks;
  private final Catalog catalog;
  private final Jobs jobs;
  private final Tx tx;

  @Activate
  public AnalysisRequests(
      @Reference AnalysedTracks tracks,
      @Reference Catalog catalog,
      @Reference Jobs jobs,
      @Reference Tx tx) {
    this.tracks = tracks;
    this.catalog = catalog;
    this.jobs = jobs;
    this.tx = tx;
  }

  /**
   * Enqueues an analysis of the caller's track. What an older one found stays until the new one is
   * done.
   *
   * @param id as the caller wrote it
   * @throws ProblemException 404 for what is not the caller's, 409 {@code already-analysing} while
   *     an analysis waits or runs
   */
  public JobId again(TenantId tenant, Caller caller, String id) {
    Track track = tracks.own(tenant, caller, id);
    return tx.call(
        tenant,
        () -> {
          // Jobs before the track: a job's end takes the two in this order, too.
          if (jobs.ofSubject(tenant, track.id().value()).stream()
              .anyMatch(j -> j.request().kind().equals(AnalysisJob.KIND) && !j.state().ended())) {
            throw ProblemException.of(
                409,
                "already-analysing",
                "Already being analysed",
                "The track is being analysed; wait until that is done");
          }
          catalog.analysing(tenant, track.id());
          return jobs.enqueue(
              tenant,
              new JobRequest(
                  track.owner().value(), AnalysisJob.KIND, track.id().value(), Map.of()));
        });
  }
}
