package org.tonekeep.breakglass.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
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
import org.tonekeep.breakglass.internal.Breakglass;
import org.tonekeep.breakglass.internal.BreakglassFeature;
import org.tonekeep.breakglass.internal.Grant;
import org.tonekeep.breakglass.internal.GrantedUrls;
import org.tonekeep.breakglass.internal.Wish;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.SignedUrls.SignedUrl;

/** Grants for the staff: asking, approving, ending, listening. */
@Component(service = RestResource.class)
@RestBase(base = "/api/breakglass", feature = BreakglassFeature.ID)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class BreakglassResource implements RestResource {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  private static final int PAGE = 50;

  private final Breakglass breakglass;
  private final GrantedUrls urls;

  @Activate
  public BreakglassResource(@Reference Breakglass breakglass, @Reference GrantedUrls urls) {
    this.breakglass = breakglass;
    this.urls = urls;
  }

  /** Grants and wishes of the whole staff, newest first. */
  @GET
  @Operation(summary = "As staff: all grants, newest first: ?before=")
  public GrantsJson list(@Context Who who, @QueryParam("before") @Nullable String before) {
    Caller staff = staff(who);
    if (before != null && !ID.matcher(before).matches()) {
      throw ProblemException.invalid(new FieldError("/before", "The id of a grant"));
    }
    List<Grant> found = breakglass.list(staff.tenant(), before == null ? "" : before, PAGE + 1);
    List<Grant> page = found.subList(0, Math.min(PAGE, found.size()));
    String next = found.size() > PAGE ? page.get(PAGE - 1).id() : null;
    return new GrantsJson(page.stream().map(this::json).toList(), next);
  }

  /** Asks to be let in. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "As staff: ask to listen to a track, or to an account's tracks")
  public Response ask(@Context Who who, @Nullable WishJson body) {
    Caller staff = proven(who);
    Wish wish = wish(staff, body == null ? new WishJson(null, null, null, null, null) : body);
    Grant grant =
        breakglass.ask(
            staff.tenant(), Optional.of(staff.account()), staff.account(), wish, who.peer().tag());
    return Response.status(Response.Status.CREATED)
        .header("Location", who.root() + "/api/breakglass/" + grant.id())
        .entity(json(grant))
        .build();
  }

  /** One grant. */
  @GET
  @Path("/{id}")
  @Operation(summary = "As staff: a grant")
  public GrantJson get(@Context Who who, @PathParam("id") String id) {
    Caller staff = staff(who);
    return json(breakglass.find(staff.tenant(), known(id)).orElseThrow(ProblemException::notFound));
  }

  /** Approves what somebody else asked for. */
  @POST
  @Path("/{id}/approve")
  @Operation(summary = "As staff: approve what another of the staff asked for")
  public GrantJson approve(@Context Who who, @PathParam("id") String id) {
    Caller staff = proven(who);
    return json(
        breakglass.approve(
            staff.tenant(), known(id), Optional.of(staff.account()), who.peer().tag()));
  }

  /** An address of the track. */
  @POST
  @Path("/{id}/url")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "As staff: a short-lived address of a track that I am let in to")
  public Response url(
      @Context Who who, @PathParam("id") String id, @Nullable TrackChoiceJson body) {
    Caller unused = proven(who);
    Optional<TrackId> track = Optional.empty();
    if (body != null && body.track() != null) {
      track = Optional.of(new TrackId(known(body.track())));
    }
    SignedUrl signed = urls.sign(who, known(id), track);
    return Response.ok(new GrantedUrlJson(who.root() + signed.path(), signed.expiresAt()))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** Ends it. */
  @DELETE
  @Path("/{id}")
  @Operation(summary = "As staff: end a grant, or withdraw what was asked for, at once")
  public Response revoke(@Context Who who, @PathParam("id") String id) {
    Caller staff = staff(who);
    boolean unused =
        breakglass.revoke(
            staff.tenant(), known(id), Optional.of(staff.account()), who.peer().tag());
    return Response.noContent().build();
  }

  private Wish wish(Caller staff, WishJson body) {
    String ticket = body.ticket() == null ? "" : body.ticket();
    String reason = body.reason() == null ? "" : body.reason();
    if (!Wish.isTicket(ticket)) {
      throw wrong("/ticket", "1 to 40 letters, digits or -_./#:");
    }
    if (!Wish.isReason(reason)) {
      throw wrong("/reason", "10 to 300 characters that say why, on one line");
    }
    if ((body.track() == null) == (body.account() == null)) {
      throw wrong("/track", "Either a track or an account");
    }
    Duration longest = breakglass.longest(staff.tenant());
    Duration wanted = body.minutes() == null ? longest : Duration.ofMinutes(body.minutes());
    if (wanted.compareTo(Duration.ofMinutes(1)) < 0 || wanted.compareTo(longest) > 0) {
      throw wrong("/minutes", "1 to " + longest.toMinutes());
    }
    Optional<TrackId> track = Optional.ofNullable(body.track()).map(id -> new TrackId(known(id)));
    AccountId owner =
        track.isPresent()
            ? breakglass.ownerOf(staff.tenant(), track.get())
            : breakglass.existing(staff.tenant(), new AccountId(known(body.account())));
    return new Wish(owner, track, ticket, reason, wanted);
  }

  private static ProblemException wrong(String pointer, String detail) {
    return ProblemException.invalid(new FieldError(pointer, detail));
  }

  /** The same 404 for what is no id and for what nobody has. */
  private static String known(@Nullable String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw ProblemException.notFound();
    }
    return id;
  }

  private GrantJson json(Grant grant) {
    return GrantJson.of(grant, breakglass.state(grant));
  }

  private static Caller staff(Who who) {
    Caller staff = who.withRole(Role.STAFF);
    if (!staff.scopes().contains(Scope.SESSION)) {
      throw ProblemException.of(
          403, "session-required", "Not with a key", "Sign in with your password to do this");
    }
    return staff;
  }

  /** Of the staff, and proven to be the person a few minutes ago. */
  private static Caller proven(Who who) {
    Caller unused = staff(who);
    return who.proven();
  }
}
