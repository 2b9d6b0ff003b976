package org.tonekeep.catalog.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.catalog.internal.ByWhom;
import org.tonekeep.catalog.internal.Cursors;
import org.tonekeep.catalog.internal.Texts;
import org.tonekeep.catalog.internal.TrackDoor;
import org.tonekeep.catalog.internal.TrackQuery;
import org.tonekeep.catalog.internal.TrackShelf;
import org.tonekeep.catalog.internal.jpa.TrackStore;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.storage.api.SignedUrls.Offer;
import org.tonekeep.storage.api.SignedUrls.SignedUrl;
import org.tonekeep.storage.api.Vault;

/** {@code /api/tracks}: the caller's own tracks. */
@Component(service = RestResource.class)
@RestBase(base = "/api/tracks", streaming = true, limited = "UPLOAD")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class TracksResource implements RestResource {
  private final Intake intake;
  private final TrackShelf shelf;
  private final TrackStore store;
  private final Vault vault;
  private final SignedUrls urls;

  @Activate
  public TracksResource(
      @Reference Intake intake,
      @Reference TrackShelf shelf,
      @Reference TrackStore store,
      @Reference Vault vault,
      @Reference SignedUrls urls) {
    this.intake = intake;
    this.shelf = shelf;
    this.store = store;
    this.vault = vault;
    this.urls = urls;
  }

  /**
   * A page of tracks.
   *
   * @param trashKeep how long a deleted track can be brought back (ISO-8601), so that a page knows
   *     whether to ask first; {@code PT0S} means not at all
   */
  public record TrackPage(List<TrackView> items, @Nullable String next, String trashKeep) {}

  /** What may be changed; absent fields stay. */
  public record TrackChange(
      @Nullable String title, @Nullable String artist, @Nullable String genre) {}

  /** How a browser should treat the bytes: {@code inline} (default) or {@code attachment}. */
  public record UrlRequest(@Nullable String disposition) {}

  /** A short-lived address of the uploaded bytes. */
  public record UrlAnswer(String url, Instant expiresAt) {}

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Upload a track: a raw audio body with ?title=&artist=&genre=, or a form with file")
  public Response upload(@Context Who who, @Context HttpServletRequest request) throws IOException {
    Caller caller = who.signedIn();
    Track track = intake.receive(who.tenant(), caller.account(), request, ByWhom.of(who));
    return Response.status(Response.Status.CREATED)
        .header("Location", who.root() + "/api/tracks/" + track.id())
        .entity(TrackView.of(track))
        .build();
  }

  @GET
  @Operation(
      summary = "My tracks: ?q=&genre=&bpmMin=&bpmMax=&key=&sort=&order=&limit=&after=&trash=")
  public Response list(@Context Who who, @Context UriInfo uri) {
    Caller caller = who.signedIn();
    TrackQuery query = ListParameters.read(uri.getQueryParameters());
    List<Track> found = store.page(who.tenant(), caller.account(), query, query.limit() + 1);
    List<Track> page = found.subList(0, Math.min(query.limit(), found.size()));
    String next = null;
    if (found.size() > page.size()) {
      next = Cursors.write(page.get(page.size() - 1), query.order(), query.descending());
    }
    Response.ResponseBuilder answer =
        Response.ok(
            new TrackPage(
                page.stream().map(TrackView::of).toList(),
                next,
                shelf.trashKeep(who.tenant()).toString()));
    if (next != null) {
      String address = "/api/tracks" + ListParameters.next(uri.getQueryParameters(), next);
      answer.header("Link", "<" + who.root() + address + ">; rel=\"next\"");
    }
    return answer.build();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "A track of mine")
  public TrackView get(@Context Who who, @PathParam("id") String id) {
    return TrackView.of(own(who, id));
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change title, artist or genre")
  public TrackView change(
      @Context Who who, @PathParam("id") String id, @Nullable TrackChange change) {
    Track track = own(who, id);
    if (change == null) {
      throw ProblemException.invalid(new FieldError("", "The body is empty"));
    }
    TrackTexts fields =
        TrackDoor.check(
            change.title(),
            change.artist(),
            change.genre(),
            new TrackTexts(track.title(), track.artist(), track.genre()));
    store.describe(who.tenant(), track.id(), fields.title(), fields.artist(), fields.genre());
    return TrackView.of(own(who, id));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Put a track into the trash; with ?now=true remove it for good")
  public Response delete(
      @Context Who who, @PathParam("id") String id, @QueryParam("now") @Nullable String now) {
    if (now != null && !now.equals("true") && !now.equals("false")) {
      throw ProblemException.invalid(new FieldError("/now", "true or false"));
    }
    if ("true".equals(now)) {
      shelf.purge(anywhere(who, id), ByWhom.of(who));
    } else {
      shelf.delete(own(who, id), ByWhom.of(who));
    }
    return Response.noContent().build();
  }

  @POST
  @Path("/{id}/restore")
  @Operation(summary = "Take a track of mine out of the trash")
  public Response restore(@Context Who who, @PathParam("id") String id) {
    if (!shelf.restore(anywhere(who, id), ByWhom.of(who))) {
      throw ProblemException.notFound(); // it was removed for good meanwhile
    }
    return Response.noContent().build();
  }

  @POST
  @Path("/{id}/url")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "A short-lived address of the uploaded bytes")
  public UrlAnswer url(@Context Who who, @PathParam("id") String id, @Nullable UrlRequest request) {
    Track track = own(who, id);
    Disposition disposition = disposition(request == null ? null : request.disposition());
    Blob blob = vault.find(who.tenant(), track.original()).orElseThrow(ProblemException::notFound);
    SignedUrl signed =
        urls.sign(who, new Offer(blob, track.id().value(), disposition, Texts.fileNameOf(track)));
    return new UrlAnswer(who.root() + signed.path(), signed.expiresAt());
  }

  private static Disposition disposition(@Nullable String word) {
    return switch (word == null ? "inline" : word) {
      case "inline" -> Disposition.INLINE;
      case "attachment" -> Disposition.ATTACHMENT;
      default ->
          throw ProblemException.invalid(new FieldError("/disposition", "inline or attachment"));
    };
  }

  private Track own(Who who, String id) {
    Track track = anywhere(who, id);
    if (track.deletedAt() != null) {
      throw ProblemException.notFound();
    }
    return track;
  }

  private Track anywhere(Who who, String id) {
    Caller caller = who.signedIn();
    if (!id.matches("[0-9a-f-]{36}")) {
      throw ProblemException.notFound();
    }
    return shelf
        .anywhere(who.tenant(), caller.account(), new TrackId(id))
        .orElseThrow(ProblemException::notFound);
  }
}
