package org.tonekeep.jobs.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.jobs.internal.JobTable;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** {@code /api/jobs}: the caller's own jobs. */
@Component(service = RestResource.class)
@RestBase(base = "/api/jobs")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class JobsResource implements RestResource {
  private static final int MAX_LIMIT = 200;

  private final Jobs jobs;
  private final JobTable table;
  private final JobEvents events;

  @Activate
  public JobsResource(
      @Reference Jobs jobs, @Reference JobTable table, @Reference JobEvents events) {
    this.jobs = jobs;
    this.table = table;
    this.events = events;
  }

  /** A page of jobs, newest first. */
  public record JobPage(List<JobView> items, @Nullable String next) {}

  @GET
  @Operation(summary = "My jobs, newest first, of one subject or of all")
  public Response list(
      @Context Who who,
      @QueryParam("subject") @DefaultValue("") String subject,
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("50") String most) {
    String owner = who.signedIn().account().value();
    int limit = most.matches("[0-9]{1,3}") ? Integer.parseInt(most) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.invalid(new FieldError("/limit", "1 to " + MAX_LIMIT));
    }
    if (!after.isEmpty() && !after.matches("[0-9a-f-]{36}")) {
      throw ProblemException.invalid(new FieldError("/after", "not a cursor of this list"));
    }
    if (subject.indexOf('\0') >= 0) {
      throw ProblemException.invalid(new FieldError("/subject", "a character that no id has"));
    }
    List<Job> found = table.ofOwner(who.tenant(), owner, subject, after, limit + 1);
    List<Job> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? page.get(page.size() - 1).id().value() : null;
    Response.ResponseBuilder answer =
        Response.ok(new JobPage(page.stream().map(JobView::of).toList(), next));
    if (next != null) {
      String query = subject.isEmpty() ? "" : "&subject=" + encode(subject);
      answer.header(
          "Link",
          "<"
              + who.root()
              + "/api/jobs?limit="
              + limit
              + "&after="
              + next
              + query
              + ">; rel=\"next\"");
    }
    return answer.build();
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "A job of mine and how far it is")
  public JobView get(@Context Who who, @PathParam("id") String id) {
    return JobView.of(own(who, id));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Ask a job of mine to stop; one that has ended stays as it is")
  public Response cancel(@Context Who who, @PathParam("id") String id) {
    Job job = own(who, id);
    boolean asked = jobs.cancel(who.tenant(), job.id());
    return Response.status(asked ? Response.Status.ACCEPTED : Response.Status.NO_CONTENT).build();
  }

  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Progress of a job of mine as server-sent events: progress, done, failed")
  public void events(
      @Context Who who, @PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
    events.subscribe(own(who, id), sink, sse);
  }

  private Job own(Who who, String id) {
    String owner = who.signedIn().account().value();
    if (!id.matches("[0-9a-f-]{36}")) {
      throw ProblemException.notFound();
    }
    return jobs.find(who.tenant(), new JobId(id))
        .filter(j -> j.request().owner().equals(owner))
        .orElseThrow(ProblemException::notFound);
  }
}
