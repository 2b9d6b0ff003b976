package org.tonekeep.profile.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.function.Function;
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
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Note;
import org.tonekeep.identity.api.Notes;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.profile.internal.ProfileFeature;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;

/** The staff's notes about accounts, which their subjects can read. */
@Component(service = RestResource.class)
@RestBase(base = "/api/notes", feature = ProfileFeature.ID)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class NotesResource implements RestResource {
  private final Notes notes;
  private final Accounts accounts;

  @Activate
  public NotesResource(@Reference Notes notes, @Reference Accounts accounts) {
    this.notes = notes;
    this.accounts = accounts;
  }

  /** The own notes, or those about an account. */
  @GET
  @Operation(summary = "List the notes about oneself, or as staff about an account")
  public NotesJson list(@Context Who who, @QueryParam("account") @Nullable String account) {
    if (account == null) {
      Caller caller = withSession(who.signedIn());
      return json(notes.of(caller.tenant(), caller.account()), NotesJson::forSubject);
    }
    Caller staff = staff(who);
    AccountId subject = existing(staff.tenant(), account);
    return json(notes.read(staff.tenant(), staff.account(), subject), NotesJson::forStaff);
  }

  /** Writes a note about an account. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Write a note about an account, as staff")
  public Response add(@Context Who who, @Nullable NoteJson body) {
    Caller staff = staff(who);
    if (body == null || body.account() == null) {
      throw ProblemException.invalid(new FieldError("/account", "The id of an account"));
    }
    AccountId subject = existing(staff.tenant(), body.account());
    Note note = written(staff, subject, body.text() == null ? "" : body.text());
    return Response.status(Response.Status.CREATED).entity(NotesJson.forStaff(note)).build();
  }

  /** Removes a note. */
  @DELETE
  @Path("/{id}")
  @Operation(summary = "Remove a note, as staff")
  public Response remove(@Context Who who, @PathParam("id") String id) {
    Caller staff = staff(who);
    if (!notes.remove(staff.tenant(), staff.account(), id)) {
      throw ProblemException.notFound();
    }
    return Response.noContent().build();
  }

  private Note written(Caller staff, AccountId subject, String text) {
    try {
      return notes
          .add(staff.tenant(), subject, staff.account(), text)
          .orElseThrow(ProblemException::notFound);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(new FieldError("/text", String.valueOf(e.getMessage())));
    }
  }

  /** The same 404 for what is no id, for nobody's and for another tenant's. */
  private AccountId existing(TenantId tenant, String account) {
    AccountId id;
    try {
      id = new AccountId(account);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
    if (accounts.find(tenant, id).isEmpty()) {
      throw ProblemException.notFound();
    }
    return id;
  }

  private static Caller staff(Who who) {
    return withSession(who.withRole(Role.STAFF));
  }

  /** A key for a player has no business with what was written about a person. */
  private static Caller withSession(Caller caller) {
    if (!caller.scopes().contains(Scope.SESSION)) {
      throw ProblemException.of(
          403, "session-required", "Not with a key", "Sign in with your password to do this");
    }
    return caller;
  }

  private static NotesJson json(List<Note> notes, Function<Note, NotesJson.Item> view) {
    return new NotesJson(notes.stream().map(view).toList(), null);
  }
}
