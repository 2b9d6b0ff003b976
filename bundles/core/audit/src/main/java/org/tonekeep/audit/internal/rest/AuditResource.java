package org.tonekeep.audit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.EntryQuery;
import org.tonekeep.audit.internal.EntryStore;
import org.tonekeep.audit.internal.Proofs;
import org.tonekeep.audit.internal.StoredEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Role;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;

/** {@code /api/audit}: who did what to what is mine, and what I did. */
@Component(service = RestResource.class)
@RestBase(base = "/api/audit")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource implements RestResource {
  private static final int MOST = 200;

  private final EntryStore store;
  private final Proofs proofs;
  private final Accounts accounts;

  @Activate
  public AuditResource(
      @Reference EntryStore store, @Reference Proofs proofs, @Reference Accounts accounts) {
    this.store = store;
    this.proofs = proofs;
    this.accounts = accounts;
  }

  /** A page of entries, newest first. */
  @GET
  @Path("/mine")
  @Operation(
      summary = "Who did what to what is mine, and what I did: ?action=&subject=&since=&until=")
  public Response mine(
      @Context Who who,
      @QueryParam("action") @DefaultValue("") String action,
      @QueryParam("subject") @DefaultValue("") String subject,
      @QueryParam("since") @DefaultValue("") String since,
      @QueryParam("until") @DefaultValue("") String until,
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("50") String most) {
    AccountId me = who.signedIn().account();
    int limit = most.matches("[0-9]{1,3}") ? Integer.parseInt(most) : 0;
    if (limit < 1 || limit > MOST) {
      throw ProblemException.invalid(new FieldError("/limit", "1 to " + MOST));
    }
    require(
        "/after", after.isEmpty() || after.matches("[0-9a-f-]{36}"), "not a cursor of this list");
    require("/action", action.matches("[a-z.-]{0,100}"), "the beginning of an action, as session.");
    require("/subject", subject.matches("[\\x21-\\x7e]{0,100}"), "an id");
    EntryQuery query =
        new EntryQuery(
            action,
            subject,
            "",
            "",
            time("/since", since),
            time("/until", until),
            after,
            limit + 1);
    List<StoredEntry> found = store.concerning(who.tenant(), me, query);
    List<StoredEntry> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.get(page.size() - 1).id() : null;
    Response.ResponseBuilder answer = Response.ok(new EntryJson.Page(views(who, me, page), next));
    if (next != null) {
      Map<String, String> filters = new TreeMap<>();
      filters.put("action", action);
      filters.put("subject", subject);
      filters.put("since", since);
      filters.put("until", until);
      answer.header("Link", "<" + who.root() + address(filters, limit, next) + ">; rel=\"next\"");
    }
    return answer.build();
  }

  private static void require(String pointer, boolean right, String words) {
    if (!right) {
      throw ProblemException.invalid(new FieldError(pointer, words));
    }
  }

  private static Optional<Instant> time(String pointer, String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw ProblemException.invalid(
          new FieldError(pointer, "a time in UTC, such as 2026-11-01T12:00:00Z"));
    }
  }

  /** The next page of the same list. */
  private static String address(Map<String, String> filters, int limit, String next) {
    StringBuilder address = new StringBuilder("/api/audit/mine?limit=" + limit + "&after=" + next);
    filters.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            address.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
          }
        });
    return address.toString();
  }

  /** The proof that an entry is in the log. */
  @GET
  @Path("/proof/{entry}")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(
      summary = "The proof of an entry that concerns me, to be checked offline (.tlog-proof)")
  public Response proof(@Context Who who, @PathParam("entry") String id) {
    AccountId me = who.signedIn().account();
    StoredEntry entry =
        (id.matches("[0-9a-f-]{36}") ? store.find(who.tenant(), id) : Optional.<StoredEntry>empty())
            .filter(e -> e.owner().equals(me.value()) || e.actor().equals(me.value()))
            .orElseThrow(ProblemException::notFound);
    String text =
        proofs
            .now(who.tenant())
            .flatMap(batch -> batch.of(entry, me))
            .map(Object::toString)
            .orElseThrow(AuditResource::soon);
    return Response.ok(text, "text/plain; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"" + id + ".tlog-proof\"")
        .build();
  }

  private static ProblemException soon() {
    return ProblemException.of(
            503,
            "proof-not-yet",
            "Not yet in a checkpoint",
            "The entry is new: its proof is there within a second or two")
        .withHeader("Retry-After", "2");
  }

  private List<EntryJson> views(Who who, AccountId me, List<StoredEntry> page) {
    Map<String, String> known = new HashMap<>();
    return page.stream()
        .flatMap(
            stored -> stored.entry().stream().map(entry -> view(who, me, stored, entry, known)))
        .toList();
  }

  private EntryJson view(
      Who who, AccountId me, StoredEntry stored, AuditEntry entry, Map<String, String> known) {
    boolean own = entry.actor().id().equals(me.value());
    return new EntryJson(
        stored.id(),
        stored.at(),
        own ? "you" : word(who.tenant(), entry.actor(), known),
        entry.action(),
        entry.subject(),
        entry.owner().filter(me::equals).isPresent(),
        entry.success(),
        own ? entry.peer() : "",
        entry.facts(),
        who.root() + "/api/audit/proof/" + stored.id());
  }

  /** What somebody else is, never who. */
  private String word(TenantId tenant, Actor actor, Map<String, String> known) {
    return switch (actor.kind()) {
      case ACCOUNT -> known.computeIfAbsent(actor.id(), id -> role(tenant, new AccountId(id)));
      case STRANGER -> "stranger";
      case OPERATOR -> "operator";
      case PLATFORM -> "platform";
    };
  }

  private String role(TenantId tenant, AccountId id) {
    return accounts
        .find(tenant, id)
        .filter(a -> a.roles().contains(Role.STAFF) || a.roles().contains(Role.OPERATOR))
        .map(a -> "staff")
        .orElse("recipient");
  }
}
