package org.tonekeep.uploads.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HEAD;
import javax.ws.rs.OPTIONS;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.uploads.internal.Arriving;
import org.tonekeep.uploads.internal.Checksum;
import org.tonekeep.uploads.internal.Finish;
import org.tonekeep.uploads.internal.Metadata;
import org.tonekeep.uploads.internal.Turns;
import org.tonekeep.uploads.internal.Upload;
import org.tonekeep.uploads.internal.Uploads;
import org.tonekeep.uploads.internal.UploadsFeature;

/** {@code /api/uploads}: tus 1.0.0 (tus.io/protocols/resumable-upload), own uploads only. */
@Component(service = RestResource.class)
@RestBase(base = "/api/uploads", feature = UploadsFeature.ID, streaming = true, limited = "UPLOAD")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class UploadsResource implements RestResource {
  private static final Logger LOG = LoggerFactory.getLogger(UploadsResource.class);
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  private static final int MOST = 200;
  private static final String USUAL = "50";

  private final Uploads uploads;
  private final Finish finish;
  private final Turns turns;

  @Activate
  public UploadsResource(
      @Reference Uploads uploads, @Reference Finish finish, @Reference Turns turns) {
    this.uploads = uploads;
    this.finish = finish;
    this.turns = turns;
  }

  /** What this server can do (tus 1.0.0, OPTIONS). */
  @OPTIONS
  @Operation(summary = "What of the tus protocol is spoken here")
  public Response options(@Context Who who) {
    return Response.noContent()
        .header(Tus.RESUMABLE, Tus.VERSION)
        .header("Tus-Version", Tus.VERSION)
        .header("Tus-Extension", Tus.EXTENSIONS)
        .header("Tus-Max-Size", uploads.most(who.tenant()))
        .header("Tus-Checksum-Algorithm", Checksum.ALGORITHMS)
        .build();
  }

  /** The same for one upload. */
  @OPTIONS
  @Path("/{id}")
  @Operation(summary = "What of the tus protocol is spoken here")
  public Response options(@Context Who who, @PathParam("id") String id) {
    return options(who);
  }

  /** My uploads and what I keep; no part of tus. */
  @GET
  @Operation(summary = "My uploads, and what my account keeps and may keep: ?limit=&after=")
  public Response list(
      @Context Who who,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after) {
    Caller caller = who.signedIn();
    int most = limit(limit == null ? USUAL : limit);
    List<Upload> found =
        uploads.list(who.tenant(), caller.account(), after == null ? "" : after, most + 1);
    List<Upload> page = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > page.size() ? page.get(page.size() - 1).id() : null;
    Response.ResponseBuilder answer =
        Response.ok(
            new UploadJson.Page(
                page.stream().map(u -> UploadJson.of(u, uploads.metadata(u))).toList(),
                next,
                UploadJson.UsageJson.of(uploads.usage(who.tenant(), caller.account()))));
    if (next != null) {
      String address = who.root() + "/api/uploads?limit=" + most + "&after=" + next;
      answer.header("Link", "<" + address + ">; rel=\"next\"");
    }
    return answer.build();
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST) {
      throw ProblemException.invalid(new FieldError("/limit", "1 to " + MOST));
    }
    return Integer.parseInt(text);
  }

  /** Begins an upload (tus 1.0.0, Creation and Creation With Upload). */
  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary =
          "Begin an upload: Upload-Length or Upload-Defer-Length, Upload-Metadata with filename,"
              + " title, artist, genre; the first bytes may be in the body")
  public Response create(
      @Context Who who, @Context HttpServletRequest request, @Context HttpServletResponse response)
      throws IOException {
    response.setHeader(Tus.RESUMABLE, Tus.VERSION);
    Caller caller = who.signedIn();
    Tus.requireVersion(request);
    Long total = Tus.announced(request);
    boolean withBody = Tus.hasBody(request);
    if (withBody) {
      Tus.requireBody(request);
    }
    Checksum checksum = Tus.checksum(request);
    String metadata = request.getHeader("Upload-Metadata");
    Upload begun =
        uploads.begin(caller, total, Metadata.parse(metadata == null ? "" : metadata), who.peer());
    Upload upload = begun;
    if (withBody) {
      upload =
          turns.in(
              who.tenant(),
              begun.id(),
              turn -> {
                requireRoom(begun, request);
                return append(begun, new Arriving(request.getInputStream(), turn, checksum));
              });
    }
    return Tus.about(Response.status(Response.Status.CREATED), upload)
        .header("Location", who.root() + "/api/uploads/" + upload.id())
        .build();
  }

  /** Where an upload stands (tus 1.0.0, HEAD). */
  @HEAD
  @Path("/{id}")
  @Operation(summary = "Where an upload of mine stands: Upload-Offset, Upload-Track")
  public Response stand(
      @Context Who who,
      @PathParam("id") String id,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response)
      throws IOException {
    response.setHeader(Tus.RESUMABLE, Tus.VERSION);
    Upload seen = own(who, id);
    Tus.requireVersion(request);
    Upload upload =
        turns.in(who.tenant(), seen.id(), turn -> finishedIfComplete(own(who, seen.id())));
    Response.ResponseBuilder answer = Tus.about(Response.ok(), upload);
    if (upload.total() == null) {
      answer.header("Upload-Defer-Length", 1);
    } else {
      answer.header("Upload-Length", upload.total());
    }
    String metadata = uploads.metadata(upload).header();
    if (!metadata.isEmpty()) {
      answer.header("Upload-Metadata", metadata);
    }
    return answer.build();
  }

  /**
   * All bytes are here, but the request that brought the last ones was cut off. Said too early, the
   * client would take the upload for done: until it is, the client is told to ask again.
   */
  private Upload finishedIfComplete(Upload upload) {
    try {
      return finish.finish(upload);
    } catch (IOException
        | AdapterMissingException
        | PromiseUnkeptException
        | QuotaExceededException e) {
      LOG.warn("The upload {} could not be finished: {}", upload.id(), e.toString());
      throw Turns.busy();
    }
  }

  /** Goes on with an upload (tus 1.0.0, PATCH). */
  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Go on with an upload of mine at Upload-Offset")
  public Response append(
      @Context Who who,
      @PathParam("id") String id,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response)
      throws IOException {
    response.setHeader(Tus.RESUMABLE, Tus.VERSION);
    Upload seen = own(who, id);
    Tus.requireVersion(request);
    Tus.requireBody(request);
    Long offset = Tus.number(request, "Upload-Offset");
    if (offset == null) {
      throw Tus.bad("Send Upload-Offset");
    }
    Long total = Tus.number(request, "Upload-Length");
    Checksum checksum = Tus.checksum(request);
    Upload upload =
        turns.in(
            who.tenant(),
            seen.id(),
            turn -> {
              Upload now = own(who, id);
              if (offset != now.received()) {
                throw Uploads.conflict(now);
              }
              Upload announced = total == null ? now : uploads.announce(now, total);
              requireRoom(announced, request);
              return append(announced, new Arriving(request.getInputStream(), turn, checksum));
            });
    return Tus.about(Response.noContent(), upload).build();
  }

  private Upload append(Upload upload, Arriving body) throws IOException {
    return finish.finish(uploads.append(upload, body));
  }

  /** Refuses what announces more than there is room for, before a byte of it is read. */
  private static void requireRoom(Upload upload, HttpServletRequest request) {
    Long total = upload.total();
    if (total != null && request.getContentLengthLong() > total - upload.received()) {
      throw ProblemException.of(
          413, "upload-too-long", "Too many bytes", "The upload has more bytes than it announced");
    }
  }

  /** Ends an upload (tus 1.0.0, Termination). */
  @DELETE
  @Path("/{id}")
  @Operation(summary = "Remove an upload of mine; a track that it has become stays")
  public Response remove(
      @Context Who who,
      @PathParam("id") String id,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response)
      throws IOException {
    response.setHeader(Tus.RESUMABLE, Tus.VERSION);
    Upload seen = own(who, id);
    Tus.requireVersion(request);
    Actor actor = Actor.of(who.signedIn());
    boolean unused =
        turns.in(
            who.tenant(),
            seen.id(),
            turn -> {
              uploads.remove(own(who, id), actor, "upload.remove", who.peer().tag());
              return true;
            });
    return Response.noContent().build();
  }

  private Upload own(Who who, String id) {
    Caller caller = who.signedIn();
    if (!ID.matcher(id).matches()) {
      throw ProblemException.notFound();
    }
    return uploads.find(who.tenant(), caller.account(), id).orElseThrow(ProblemException::notFound);
  }
}
