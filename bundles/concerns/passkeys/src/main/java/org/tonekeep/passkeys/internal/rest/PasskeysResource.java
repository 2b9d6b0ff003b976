package org.tonekeep.passkeys.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
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
import org.tonekeep.passkeys.internal.Passkeys;
import org.tonekeep.passkeys.internal.PasskeysFeature;
import org.tonekeep.passkeys.internal.RefusedException;
import org.tonekeep.passkeys.internal.RelyingParty;
import org.tonekeep.rest.api.AccountJson;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.SetCookie;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/** Passkeys: the two ceremonies of WebAuthn, and the own list. */
@Component(service = RestResource.class)
@RestBase(base = "/api/auth/passkeys", feature = PasskeysFeature.ID)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class PasskeysResource implements RestResource {
  private static final String TYPE = "public-key";
  private static final long TIMEOUT_MILLIS = 300_000;
  private static final List<Long> ALGORITHMS = List.of(-8L, -7L, -257L);

  private final Tenants tenants;
  private final Passkeys passkeys;
  private final Limits limits;

  @Activate
  public PasskeysResource(
      @Reference Tenants tenants, @Reference Passkeys passkeys, @Reference Limits limits) {
    this.tenants = tenants;
    this.passkeys = passkeys;
    this.limits = limits;
  }

  /** The own passkeys. */
  @GET
  @Operation(summary = "List the own passkeys")
  public PasskeysJson list(@Context Who who) {
    return new PasskeysJson(
        passkeys.list(withSession(who.signedIn())).stream().map(PasskeysJson::item).toList(), null);
  }

  /** Begins to register a passkey. */
  @POST
  @Path("/register/options")
  @Operation(summary = "Begin to register a passkey; needs a recent proof of who it is")
  public Response offer(@Context Who who, @HeaderParam(HttpHeaders.HOST) @Nullable String host) {
    Caller caller = withSession(who.proven());
    RelyingParty party = party(who, host);
    Passkeys.Offer offer = passkeys.offer(caller);
    return secret(
            Response.ok(
                new CreationJson(
                    offer.challenge(),
                    new CreationJson.Party(party.id(), site(who).title()),
                    new CreationJson.User(offer.handle(), offer.name(), offer.displayName()),
                    ALGORITHMS.stream()
                        .map(algorithm -> new CreationJson.Parameter(TYPE, algorithm))
                        .toList(),
                    TIMEOUT_MILLIS,
                    offer.known().stream()
                        .map(k -> new CreationJson.Descriptor(TYPE, k.id(), k.transports()))
                        .toList(),
                    new CreationJson.Selection("required", true, "required"),
                    "none")))
        .build();
  }

  /** Registers a passkey. */
  @POST
  @Path("/register/verify")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Register the passkey that the browser made")
  public Response register(
      @Context Who who,
      @HeaderParam(HttpHeaders.HOST) @Nullable String host,
      @Nullable AnswerJson body) {
    Caller caller = withSession(who.proven());
    RelyingParty party = party(who, host);
    String name = body == null || body.name() == null ? "" : body.name();
    try {
      return Response.status(Response.Status.CREATED)
          .entity(
              PasskeysJson.item(
                  passkeys.register(caller, party, name, AnswerJson.answer(body), who.peer())))
          .build();
    } catch (RefusedException e) {
      throw ProblemException.of(
          422, "passkey-refused", "Not accepted", "This passkey was not accepted; try again");
    }
  }

  /** Begins to sign in. */
  @POST
  @Path("/login/options")
  @Operation(summary = "Begin to sign in with a passkey")
  public Response challenge(
      @Context Who who, @HeaderParam(HttpHeaders.HOST) @Nullable String host) {
    RelyingParty party = party(who, host);
    limits.take(who.tenant(), LimitedAct.LOGIN, "", who.peer().limitKey());
    return secret(
            Response.ok(
                new RequestJson(
                    passkeys.challenge(who.tenant()),
                    party.id(),
                    TIMEOUT_MILLIS,
                    "required",
                    List.of())))
        .build();
  }

  /** Signs in; signed in already, it proves again who it is. */
  @POST
  @Path("/login/verify")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Sign in with a passkey, or prove again who it is")
  public Response signIn(
      @Context Who who,
      @HeaderParam(HttpHeaders.HOST) @Nullable String host,
      @Nullable AnswerJson body) {
    RelyingParty party = party(who, host);
    if (!who.peer().secure() && !who.peer().local()) {
      throw ProblemException.of(
          403, "tls-required", "Secure connection required", "Use https to sign in");
    }
    limits.take(who.tenant(), LimitedAct.LOGIN, "", who.peer().limitKey());
    Optional<Caller> caller = who.caller().filter(c -> c.scopes().contains(Scope.SESSION));
    Passkeys.SignedIn done;
    try {
      done = passkeys.signIn(who.tenant(), caller, party, AnswerJson.answer(body), who.peer());
    } catch (RefusedException e) {
      throw ProblemException.of(
          401, "bad-credentials", "Not accepted", "This passkey does not open an account here");
    }
    limits.succeeded(who.tenant(), LimitedAct.LOGIN, "", who.peer().limitKey());
    Response.ResponseBuilder answer = secret(Response.ok(AccountJson.of(done.account())));
    done.session().ifPresent(session -> cookie(answer, who, session));
    return answer.build();
  }

  /** Removes a passkey. */
  @DELETE
  @Path("/{id}")
  @Operation(summary = "Remove one of the own passkeys; all other sessions end")
  public Response remove(@Context Who who, @PathParam("id") String id) {
    Caller caller = withSession(who.proven());
    Response.ResponseBuilder answer = secret(Response.noContent());
    cookie(answer, who, passkeys.remove(caller, id, who.peer()));
    return answer.build();
  }

  private Tenant site(Who who) {
    return tenants.require(who.tenant());
  }

  private RelyingParty party(Who who, @Nullable String host) {
    return RelyingParty.of(site(who), who.root(), host == null ? "" : host)
        .orElseThrow(
            () ->
                ProblemException.of(
                    404,
                    "own-host-required",
                    "Not here",
                    "Passkeys work on the site's own address only"));
  }

  private static Response.ResponseBuilder secret(Response.ResponseBuilder answer) {
    return answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static void cookie(Response.ResponseBuilder answer, Who who, SignIns.Begun session) {
    answer.header(
        HttpHeaders.SET_COOKIE,
        SetCookie.session(who, session.cookie(), session.token(), session.age()));
  }

  private static Caller withSession(Caller caller) {
    if (!caller.scopes().contains(Scope.SESSION)) {
      throw ProblemException.of(
          403, "session-required", "Not with a key", "Sign in as a person to do this");
    }
    return caller;
  }
}
