package org.tonekeep.appkeys.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
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
import org.tonekeep.appkeys.internal.AppKey;
import org.tonekeep.appkeys.internal.AppKeys;
import org.tonekeep.appkeys.internal.AppKeysFeature;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** The own keys for players and scripts. */
@Component(service = RestResource.class)
@RestBase(base = "/api/auth/keys", feature = AppKeysFeature.ID)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AppKeysResource implements RestResource {
  private final AppKeys keys;

  @Activate
  public AppKeysResource(@Reference AppKeys keys) {
    this.keys = keys;
  }

  /** The keys that are alive. */
  @GET
  @Operation(summary = "List the own app keys")
  public AppKeysJson list(@Context Who who) {
    return new AppKeysJson(
        keys.list(withSession(who.signedIn())).stream().map(AppKeysJson::item).toList(), null);
  }

  /** Makes a key; the secret is in this answer and nowhere else. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Make an app key; needs a recent proof of who it is")
  public Response create(@Context Who who, @Nullable AppKeyJson body) {
    Caller caller = withSession(who.proven());
    if (!who.peer().secure() && !who.peer().local()) {
      throw ProblemException.of(
          403, "tls-required", "Secure connection required", "Use https to make a key");
    }
    AppKeyJson given = body == null ? new AppKeyJson(null, null, null) : body;
    AppKeys.Made made =
        keys.create(
            caller,
            given.name() == null ? "" : given.name(),
            scopes(given.scope() == null ? "" : given.scope()),
            Optional.ofNullable(given.expiresAt()),
            who.peer().tag());
    AppKey key = made.key();
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(
            new AppKeysJson.Made(
                key.id(),
                key.name(),
                AppKeys.words(key.scopes()),
                key.createdAt(),
                key.expiresAt(),
                made.token()))
        .build();
  }

  /** Ends a key, on every node within a second. */
  @DELETE
  @Path("/{id}")
  @Operation(summary = "Remove one of the own app keys")
  public Response end(@Context Who who, @PathParam("id") String id) {
    if (!keys.end(withSession(who.signedIn()), id, who.peer().tag())) {
      throw ProblemException.notFound();
    }
    return Response.noContent().build();
  }

  /** A key must not make, see or end keys, whatever else it may do. */
  private static Caller withSession(Caller caller) {
    if (!caller.scopes().contains(Scope.SESSION)) {
      throw ProblemException.of(
          403, "session-required", "Not with a key", "Sign in with your password to do this");
    }
    return caller;
  }

  private static Set<Scope> scopes(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : text.strip().split(" +", -1)) {
      scopes.add(
          Arrays.stream(Scope.values())
              .filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.invalid(
                          new FieldError("/scope", "read, upload, \"read upload\" or subsonic"))));
    }
    return scopes;
  }
}
