package org.tonekeep.profile.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Social;
import org.tonekeep.profile.internal.EmailChanges;
import org.tonekeep.profile.internal.PreferenceKeeper;
import org.tonekeep.profile.internal.ProfileChanges;
import org.tonekeep.profile.internal.ProfileChanges.Wish;
import org.tonekeep.profile.internal.ProfileFeature;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** The own account. */
@Component(service = RestResource.class)
@RestBase(base = "/api/account", feature = ProfileFeature.ID)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountResource implements RestResource {
  private final Accounts accounts;
  private final ProfileChanges changes;
  private final PreferenceKeeper preferences;
  private final EmailChanges emails;

  @Activate
  public AccountResource(
      @Reference Accounts accounts,
      @Reference ProfileChanges changes,
      @Reference PreferenceKeeper preferences,
      @Reference EmailChanges emails) {
    this.accounts = accounts;
    this.changes = changes;
    this.preferences = preferences;
    this.emails = emails;
  }

  /** The own account. */
  @GET
  @Operation(summary = "Show the own account")
  public OwnAccountJson show(@Context Who who) {
    Caller caller = who.signedIn();
    return json(
        accounts.find(caller.tenant(), caller.account()).orElseThrow(ProblemException::notFound));
  }

  /** Changes what is given. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change the own profile")
  public OwnAccountJson change(@Context Who who, @Nullable ProfileJson body) {
    Caller caller = who.signedIn();
    ProfileJson given = body == null ? new ProfileJson(null, null, null, null, null) : body;
    Wish wish =
        new Wish(
            Optional.ofNullable(given.username()).map(String::strip),
            Optional.ofNullable(given.displayName()).map(String::strip),
            Optional.ofNullable(given.artistName()).map(String::strip),
            socials(given.socials()),
            given.preferences() == null ? Map.of() : given.preferences());
    return json(changes.change(caller, wish, who.peer()));
  }

  private OwnAccountJson json(Account account) {
    return OwnAccountJson.of(account, preferences.of(account.tenant(), account.id()));
  }

  /** Sends a link to a new address; the answer tells nobody whose it is. */
  @POST
  @Path("/email")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Ask for another address, which a mail to it confirms")
  public Response askForEmail(@Context Who who, @Nullable EmailJson body) {
    requireTls(who);
    Caller caller = who.proven();
    emails.ask(caller, required("/email", body == null ? null : body.email()), who.peer());
    return Response.accepted().build();
  }

  /** Sets the new address by the link. */
  @POST
  @Path("/email/confirm")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Confirm the new address by the token of the mail")
  public Response confirmEmail(@Context Who who, @Nullable EmailTokenJson body) {
    requireTls(who);
    String token = required("/token", body == null ? null : body.token());
    emails.confirm(who.tenant(), token, who.peer());
    return Response.noContent().build();
  }

  /** Restores the old address by the link. */
  @POST
  @Path("/email/undo")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Undo a change of the address by the token of the mail to the old one")
  public Response undoEmail(@Context Who who, @Nullable EmailTokenJson body) {
    requireTls(who);
    String token = required("/token", body == null ? null : body.token());
    emails.undo(who.tenant(), token, who.peer());
    return Response.noContent().build();
  }

  /** An address and the token of a mail are as good as a password. */
  private static void requireTls(Who who) {
    if (!who.peer().secure() && !who.peer().local()) {
      throw ProblemException.of(
          403, "tls-required", "Secure connection required", "Use https to do this");
    }
  }

  private static String required(String pointer, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw ProblemException.invalid(new FieldError(pointer, "This is required"));
    }
    return text;
  }

  private static Map<Social, String> socials(ProfileJson.@Nullable Socials given) {
    Map<Social, String> links = new EnumMap<>(Social.class);
    if (given != null) {
      put(links, Social.INSTAGRAM, given.instagram());
      put(links, Social.X, given.x());
      put(links, Social.SOUNDCLOUD, given.soundcloud());
      put(links, Social.SPOTIFY, given.spotify());
      put(links, Social.FACEBOOK, given.facebook());
    }
    return links;
  }

  private static void put(Map<Social, String> links, Social network, @Nullable String link) {
    if (link != null) {
      links.put(network, link.strip());
    }
  }
}
