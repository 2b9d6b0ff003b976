package org.tonekeep.analysis.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.analysis.internal.AnalysedTracks;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** What is known of a track. */
@Component(service = RestResource.class)
@RestBase(base = "/api/analysis", feature = "analysis")
@Path("/")
public final class AnalysisResource implements RestResource {
  private final AnalysedTracks tracks;

  @Activate
  public AnalysisResource(@Reference AnalysedTracks tracks) {
    this.tracks = tracks;
  }

  @GET
  @Path("/{trackId}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Loudness and peaks of one of your tracks; tempo and key once measured")
  public AnalysisView analysis(@Context Who who, @PathParam("trackId") String trackId) {
    return AnalysisView.of(tracks.require(who.tenant(), who.signedIn(), trackId));
  }
}
