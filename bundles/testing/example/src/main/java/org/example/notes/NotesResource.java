package org.example.notes;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
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
import org.tonekeep.identity.api.Caller;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.Tenants;

/**
 * {@code /api/example}: the caller's own notes. The platform publishes it while it is there, asks
 * the gate, recognises the caller, and turns exceptions into problem documents.
 */
@Component(service = RestResource.class)
@RestBase(base = "/api/example", feature = "example")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class NotesResource implements RestResource {
  private static final int MOST = 500;

  private final NoteStore store;
  private final Tenants tenants;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public NotesResource(
      @Reference NoteStore store,
      @Reference Tenants tenants,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.tenants = tenants;
    this.tx = tx;
    this.clock = clock;
  }

  /** A list is an object with {@code items}, so that it can grow. */
  public record NotePage(List<Note> items) {}

  /** What a caller sends. */
  public record NewNote(@Nullable String text) {}

  @GET
  @Operation(summary = "My notes, oldest first")
  public NotePage list(@Context Who who) {
    Caller caller = who.signedIn();
    return new NotePage(store.list(who.tenant(), caller.account()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Write a note")
  public Response write(@Context Who who, @Nullable NewNote body) {
    Caller caller = who.signedIn();
    String text = body == null || body.text() == null ? "" : body.text().strip();
    if (text.isEmpty() || text.length() > MOST) {
      throw ProblemException.invalid(new FieldError("/text", "1 to " + MOST + " characters"));
    }
    Note note = new Note(Ids.next(clock), text, clock.instant());
    tx.run(who.tenant(), () -> keep(who, caller, note));
    return Response.status(Response.Status.CREATED)
        .header("Location", who.root() + "/api/example/" + note.id())
        .entity(note)
        .build();
  }

  private void keep(Who who, Caller caller, Note note) {
    int most = tenants.require(who.tenant()).get(NotesFeature.MOST_NOTES);
    if (store.list(who.tenant(), caller.account()).size() >= most) {
      throw ProblemException.of(
          409, "too-many-notes", "Too many notes", "There may be " + most + " notes at most");
    }
    store.insert(who.tenant(), caller.account(), note);
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Delete a note of mine")
  public Response delete(@Context Who who, @PathParam("id") String id) {
    Caller caller = who.signedIn();
    if (!store.delete(who.tenant(), caller.account(), id)) {
      throw ProblemException.notFound(); // the same for somebody else's as for one that is not
    }
    return Response.noContent().build();
  }
}
