package org.tonekeep.auth.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.AuthFeature;
import org.tonekeep.auth.internal.AuthService;
import org.tonekeep.auth.internal.AuthService.SignedIn;
import org.tonekeep.auth.internal.SessionRow;
import org.tonekeep.auth.internal.Sessions;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.AccountJson;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** Signing up, in and out, and the own sessions. */
@Component(service = RestResource.class)
@RestBase(base = "/api/auth", feature = AuthFeature.ID)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AuthResource implements RestResource {
  private final AuthService auth;
  private final Sessions sessions;

  @Activate
  public AuthResource(@Reference AuthService auth, @Reference Sessions sessions) {
    this.auth = auth;
    this.sessions = sessions;
  }

  /** Opens an account and signs in to it. */
  @POST
  @Path("/signup")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Open an account and sign in")
  public Response signUp(@Context Who who, @Nullable SignUpJson body) {
    SessionCookie.requireTls(who);
    SignUpJson given = body == null ? new SignUpJson(null, null, null) : body;
    SignedIn done =
        auth.signUp(
            who.tenant(), who.caller(), given.email(), given.password(), given.displayName());
    return signedIn(Response.status(Response.Status.CREATED), who, done);
  }

  /** Signs in. */
  @POST
  @Path("/login")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Sign in")
  public Response logIn(@Context Who who, @Nullable LoginJson body) {
    SessionCookie.requireTls(who);
    List<FieldError> errors = new ArrayList<>();
    String email = required(errors, "/email", body == null ? null : body.email());
    String password = required(errors, "/password", body == null ? null : body.password());
    requireNone(errors);
    SignedIn done = auth.logIn(who.tenant(), who.caller(), email, password, who.peer().limitKey());
    return signedIn(Response.ok(), who, done);
  }

  /** Ends the session and removes the cookie; also fine without a session. */
  @POST
  @Path("/logout")
  @Operation(summary = "Sign out")
  public Response logOut(@Context Who who) {
    who.caller().ifPresent(c -> sessions.end(c.tenant(), c.account(), c.session()));
    return SessionCookie.delete(Response.noContent(), who, sessions.cookieName(who.tenant()))
        .build();
  }

  /** Changes the password; every other session ends, this one gets a new cookie. */
  @POST
  @Path("/password")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change the password and end all other sessions")
  public Response changePassword(@Context Who who, @Nullable PasswordJson body) {
    Caller caller = who.signedIn();
    SessionCookie.requireTls(who);
    List<FieldError> errors = new ArrayList<>();
    String current = required(errors, "/current", body == null ? null : body.getCurrent());
    String next = required(errors, "/new", body == null ? null : body.getNew());
    requireNone(errors);
    Sessions.Begun begun = auth.changePassword(caller, current, next, who.peer().limitKey());
    return SessionCookie.set(Response.noContent(), who, sessions.cookieName(who.tenant()), begun)
        .build();
  }

  /** The own sessions that are alive. */
  @GET
  @Path("/sessions")
  @Operation(summary = "List the own sessions")
  public SessionsJson sessions(@Context Who who) {
    Caller caller = who.signedIn();
    return new SessionsJson(
        sessions.list(caller.tenant(), caller.account()).stream()
            .map(session -> item(session, caller))
            .toList(),
        null);
  }

  /** Ends one of the own sessions. */
  @DELETE
  @Path("/sessions/{id}")
  @Operation(summary = "End one of the own sessions")
  public Response endSession(@Context Who who, @PathParam("id") String id) {
    Caller caller = who.signedIn();
    if (!sessions.end(caller.tenant(), caller.account(), id)) {
      throw ProblemException.notFound();
    }
    return Response.noContent().build();
  }

  /** Ends all own sessions but the one that asks. */
  @DELETE
  @Path("/sessions")
  @Operation(summary = "End all own sessions but this one")
  public Response endOtherSessions(@Context Who who) {
    Caller caller = who.signedIn();
    sessions.endOthers(caller.tenant(), caller.account(), caller.session());
    return Response.noContent().build();
  }

  private Response signedIn(Response.ResponseBuilder answer, Who who, SignedIn done) {
    return SessionCookie.set(
            answer.entity(AccountJson.of(done.account())),
            who,
            sessions.cookieName(who.tenant()),
            done.session())
        .build();
  }

  private static SessionsJson.Item item(SessionRow session, Caller caller) {
    return new SessionsJson.Item(
        session.id(),
        session.createdAt(),
        session.lastSeen(),
        null,
        session.id().equals(caller.session()));
  }

  private static String required(List<FieldError> errors, String pointer, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      errors.add(new FieldError(pointer, "This is required"));
      return "";
    }
    return text;
  }

  private static void requireNone(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors.toArray(FieldError[]::new));
    }
  }
}
