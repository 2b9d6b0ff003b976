package org.tonekeep.analysis.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.analysis.internal.AnalysedTracks;
import org.tonekeep.analysis.internal.AnalysisRequests;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** What is known of a track. */
@Component(service = RestResource.class)
@RestBase(base = "/api/analysis", feature = "analysis")
@Path("/")
public final class AnalysisResource implements RestResource {
  private final AnalysedTracks tracks;
  private final AnalysisRequests requests;

  @Activate
  public AnalysisResource(@Reference AnalysedTracks tracks, @Reference AnalysisRequests requests) {
    this.tracks = tracks;
    this.requests = requests;
  }

  @GET
  @Path("/{trackId}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Loudness and peaks of one of your tracks; tempo and key once measured")
  public AnalysisView analysis(@Context Who who, @PathParam("trackId") String trackId) {
    return AnalysisView.of(tracks.require(who.tenant(), who.signedIn(), trackId));
  }

  @POST
  @Path("/{trackId}")
  @Operation(summary = "Analyse one of your tracks again; the answer names the job")
  public Response again(@Context Who who, @PathParam("trackId") String trackId) {
    JobId job = requests.again(who.tenant(), who.signedIn(), trackId);
    return Response.accepted().header("Location", who.root() + "/api/jobs/" + job).build();
  }
}
