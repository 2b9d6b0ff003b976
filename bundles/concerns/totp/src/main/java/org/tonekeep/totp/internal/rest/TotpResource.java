package org.tonekeep.totp.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.SetCookie;
import org.tonekeep.rest.api.Who;
import org.tonekeep.totp.internal.Totp;
import org.tonekeep.totp.internal.TotpFeature;

/** The authenticator app of the own account. */
@Component(service = RestResource.class)
@RestBase(base = "/api/auth/totp", feature = TotpFeature.ID)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class TotpResource implements RestResource {
  private final Totp totp;

  @Activate
  public TotpResource(@Reference Totp totp) {
    this.totp = totp;
  }

  /** Whether it is on. */
  @GET
  @Operation(summary = "Whether an authenticator app is set up")
  public TotpJson state(@Context Who who) {
    Totp.State state = totp.state(withSession(who.signedIn()));
    return new TotpJson(
        state.since().isPresent(), state.since().orElse(null), state.recoveryCodes());
  }

  /** Begins to set it up. */
  @POST
  @Operation(summary = "Begin to set an authenticator app up; needs a recent proof of who it is")
  public Response begin(@Context Who who) {
    Caller caller = withSession(who.proven());
    requireTls(who);
    Totp.Offer offer = totp.begin(caller);
    return secret(Response.ok(new TotpJson.Offer(offer.secret(), offer.uri(), offer.qrSvg())))
        .build();
  }

  /** Turns it on. */
  @POST
  @Path("/confirm")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Turn it on with a first code; all other sessions end")
  public Response confirm(@Context Who who, @Nullable CodeJson body) {
    Caller caller = withSession(who.proven());
    requireTls(who);
    String code = body == null || body.code() == null ? "" : body.code();
    Totp.TurnedOn on = totp.confirm(caller, code, who.peer());
    return cookie(secret(Response.ok(new TotpJson.Recovery(on.recoveryCodes()))), who, on.session())
        .build();
  }

  /** Turns it off. */
  @DELETE
  @Operation(summary = "Turn it off; needs a recent proof of who it is, with a code")
  public Response turnOff(@Context Who who) {
    Caller caller = withSession(who.signedIn());
    requireTls(who);
    return cookie(secret(Response.noContent()), who, totp.turnOff(caller, who.peer())).build();
  }

  private static Response.ResponseBuilder secret(Response.ResponseBuilder answer) {
    return answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static Response.ResponseBuilder cookie(
      Response.ResponseBuilder answer, Who who, SignIns.Begun session) {
    return answer.header(
        HttpHeaders.SET_COOKIE,
        SetCookie.session(who, session.cookie(), session.token(), session.age()));
  }

  private static Caller withSession(Caller caller) {
    if (!caller.scopes().contains(Scope.SESSION)) {
      throw ProblemException.of(
          403, "session-required", "Not with a key", "Sign in with your password to do this");
    }
    return caller;
  }

  private static void requireTls(Who who) {
    if (!who.peer().secure() && !who.peer().local()) {
      throw ProblemException.of(
          403, "tls-required", "Secure connection required", "Use https to do this");
    }
  }
}
