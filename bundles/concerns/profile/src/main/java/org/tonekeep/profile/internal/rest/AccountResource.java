package org.tonekeep.profile.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.profile.internal.ProfileFeature;
import org.tonekeep.rest.api.AccountJson;
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

  @Activate
  public AccountResource(@Reference Accounts accounts) {
    this.accounts = accounts;
  }

  /** The own account. */
  @GET
  @Operation(summary = "Show the own account")
  public AccountJson show(@Context Who who) {
    return shown(who.signedIn());
  }

  /** Changes what is given. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change the own profile")
  public AccountJson change(@Context Who who, @Nullable ProfileJson body) {
    Caller caller = who.signedIn();
    String name = body == null ? null : body.displayName();
    if (name != null) {
      Profile old = own(caller).profile();
      accounts.setProfile(
          caller.tenant(),
          caller.account(),
          new Profile(checked(name), old.username(), old.artistName(), old.socials()));
    }
    return shown(caller);
  }

  private AccountJson shown(Caller caller) {
    return AccountJson.of(own(caller));
  }

  private Account own(Caller caller) {
    return accounts.find(caller.tenant(), caller.account()).orElseThrow(ProblemException::notFound);
  }

  private static String checked(String name) {
    try {
      return new DisplayName(name).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(
          new FieldError("/displayName", String.valueOf(e.getMessage())));
    }
  }
}
