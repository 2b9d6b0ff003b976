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
import org.tonekeep.auth.internal.AuthService.Proof;
import org.tonekeep.auth.internal.AuthService.SignedIn;
import org.tonekeep.auth.internal.Confirmations;
import org.tonekeep.auth.internal.Recovery;
import org.tonekeep.auth.internal.SessionControl;
import org.tonekeep.auth.internal.SessionRow;
import org.tonekeep.auth.internal.Sessions;
import org.tonekeep.auth.internal.SignUps;
import org.tonekeep.auth.internal.SignUps.Wish;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SignIns.Begun;
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
  private final SignUps signUps;
  private final Confirmations confirmations;
  private final Recovery recovery;
  private final Sessions sessions;
  private final SessionControl control;

  @Activate
  public AuthResource(
      @Reference AuthService auth,
      @Reference SignUps signUps,
      @Reference Confirmations confirmations,
      @Reference Recovery recovery,
      @Reference Sessions sessions,
      @Reference SessionControl control) {
    this.auth = auth;
    this.signUps = signUps;
    this.confirmations = confirmations;
    this.recovery = recovery;
    this.sessions = sessions;
    this.control = control;
  }

  /** What the form for signing up has to ask. */
  @GET
  @Path("/signup")
  @Operation(summary = "What is asked of whoever opens an account")
  public SignUpOptionsJson signUpOptions(@Context Who who) {
    SignUps.Options options = signUps.options(who.tenant());
    return new SignUpOptionsJson(
        options.signup(), options.usernames(), options.confirm(), options.fields());
  }

  /** Opens an account and signs in to it, or says that a mail is under way. */
  @POST
  @Path("/signup")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Open an account, and sign in where its address needs no confirmation")
  public Response signUp(@Context Who who, @Nullable SignUpJson body) {
    SessionCookie.requireTls(who);
    SignUpJson given = body == null ? new SignUpJson(null, null, null, null) : body;
    Wish wish =
        new Wish(
            text(given.email()),
            text(given.password()),
            text(given.username()).strip(),
            text(given.displayName()));
    Response.ResponseBuilder created = Response.status(Response.Status.CREATED);
    return signUps
        .signUp(who.tenant(), who.caller(), wish, who.peer())
        .map(done -> signedIn(created, who, done))
        .orElseGet(() -> created.entity(PendingJson.PENDING).build());
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
    Proof proof = new Proof(password, text(body == null ? null : body.totp()));
    return signedIn(
        Response.ok(), who, auth.logIn(who.tenant(), who.caller(), email, proof, who.peer()));
  }

  /** Proves again to be the owner: what is asked for before deletion, export and the like. */
  @POST
  @Path("/step-up")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Give the password (and code) again before something grave")
  public Response stepUp(@Context Who who, @Nullable StepUpJson body) {
    Caller caller = who.signedIn();
    SessionCookie.requireTls(who);
    List<FieldError> errors = new ArrayList<>();
    String password = required(errors, "/password", body == null ? null : body.password());
    requireNone(errors);
    auth.stepUp(caller, new Proof(password, text(body == null ? null : body.totp())), who.peer());
    return Response.noContent().build();
  }

  /** Ends the session and removes the cookie; also fine without a session. */
  @POST
  @Path("/logout")
  @Operation(summary = "Sign out")
  public Response logOut(@Context Who who) {
    who.caller().ifPresent(caller -> control.signOut(caller, who.peer()));
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
    Begun begun = auth.changePassword(caller, current, next, who.peer());
    return SessionCookie.set(Response.noContent(), who, begun).build();
  }

  /** Confirms the address of a new account; a password that is given with it counts from now on. */
  @POST
  @Path("/confirm")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Confirm the address of a new account by the token of the mail")
  public Response confirm(@Context Who who, @Nullable ConfirmJson body) {
    SessionCookie.requireTls(who);
    List<FieldError> errors = new ArrayList<>();
    String token = required(errors, "/token", body == null ? null : body.token());
    requireNone(errors);
    String password = text(body == null ? null : body.password());
    confirmations.confirm(who.tenant(), token, password, who.peer());
    return Response.noContent().build();
  }

  /** Sends a link for a new password to an owner; the answer tells nobody whether there is one. */
  @POST
  @Path("/password/forgot")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Ask for a mail by which the password can be set anew")
  public Response forgot(@Context Who who, @Nullable ForgotJson body) {
    List<FieldError> errors = new ArrayList<>();
    String email = required(errors, "/email", body == null ? null : body.email());
    requireNone(errors);
    recovery.forgot(who.tenant(), email, who.peer());
    return Response.accepted().build();
  }

  /** Sets a new password by the link; every session and key of the account is dead. */
  @POST
  @Path("/password/reset")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Set a new password by the token of the mail")
  public Response reset(@Context Who who, @Nullable ResetJson body) {
    SessionCookie.requireTls(who);
    List<FieldError> errors = new ArrayList<>();
    String token = required(errors, "/token", body == null ? null : body.token());
    String password = required(errors, "/password", body == null ? null : body.password());
    requireNone(errors);
    recovery.reset(who.tenant(), token, password, who.peer());
    return Response.noContent().build();
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
    if (!control.end(caller, id, who.peer())) {
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
    control.endOthers(caller, who.peer());
    return Response.noContent().build();
  }

  private Response signedIn(Response.ResponseBuilder answer, Who who, SignedIn done) {
    return SessionCookie.set(answer.entity(AccountJson.of(done.account())), who, done.session())
        .build();
  }

  private SessionsJson.Item item(SessionRow session, Caller caller) {
    String label = sessions.label(caller.tenant(), session);
    return new SessionsJson.Item(
        session.id(),
        session.createdAt(),
        session.lastSeen(),
        label.isEmpty() ? null : label,
        session.id().equals(caller.session()));
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
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
