package org.tonekeep.rest.internal;

import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import javax.ws.rs.sse.Sse;
import javax.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.OtherMembers;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** A resource that does what the tests ask it for. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class EchoResource implements RestResource {
  final ConcurrentLinkedQueue<AsyncResponse> suspended = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<SseEventSink> sinks = new ConcurrentLinkedQueue<>();
  final CountDownLatch held = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  volatile boolean deleted;
  volatile Throwable thrown = new IllegalStateException("nothing set");

  /** Sizes. */
  public enum Size {
    SMALL,
    LARGE
  }

  /** An inner record. */
  public record Inner(int number, @Nullable Boolean flag) {}

  /** A body. */
  public record Body(
      @Nullable String text,
      @Nullable Integer count,
      @Nullable Size size,
      @Nullable Instant at,
      @Nullable Duration length,
      @Nullable List<Inner> inners) {}

  /** A body with whatever else. */
  @OtherMembers
  public record Open(@Nullable String text) {}

  /** Cannot be written. */
  public static final class Unwritable {
    private final String value = "secret of the server";

    public String getSecret() {
      if (!value.isEmpty()) {
        throw new IllegalStateException(value);
      }
      return value;
    }
  }

  /** What came in. */
  public record Echo(
      String tenant, String root, boolean signedIn, @Nullable String text, String id) {}

  @GET
  @Operation(summary = "Say who asks")
  public Echo who(@Context Who who) {
    return new Echo(
        who.tenant().value(), who.root(), who.caller().isPresent(), null, who.requestId());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Say what came")
  public Echo echo(@Context Who who, @Nullable Body body) {
    String text = body == null ? "nothing" : body.text();
    return new Echo(who.tenant().value(), who.root(), who.caller().isPresent(), text, "");
  }

  @POST
  @Path("/open")
  @Consumes(MediaType.APPLICATION_JSON)
  public Echo open(@Nullable Open body) {
    return new Echo("", "", false, body == null ? "nothing" : body.text(), "");
  }

  @DELETE
  @Operation(summary = "Delete it")
  public void delete() {
    deleted = true;
  }

  @GET
  @Path("/items/{number}")
  public Inner item(@PathParam("number") int number, @QueryParam("limit") int limit) {
    return new Inner(number, limit > 0);
  }

  @GET
  @Path("/named/{name}")
  public Echo named(@PathParam("name") String name, @QueryParam("at") @Nullable Instant at) {
    return new Echo("", "", false, name, "");
  }

  @GET
  @Path("/throw")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public String fail() throws Throwable {
    throw thrown;
  }

  @GET
  @Path("/unwritable")
  public Object unwritable() {
    return new Unwritable();
  }

  @GET
  @Path("/half")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public StreamingOutput half() {
    return out -> {
      out.write(new byte[100_000]);
      out.flush();
      throw new IllegalStateException("in the middle");
    };
  }

  @PUT
  @Path("/bytes")
  @Consumes(MediaType.WILDCARD)
  public Echo bytes(@Context HttpServletRequest request) throws IOException {
    try (InputStream in = request.getInputStream()) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return new Echo("", "", false, String.valueOf(length), "");
    }
  }

  @PUT
  @Path("/unread")
  @Consumes(MediaType.WILDCARD)
  public Response unread(@Context HttpServletRequest request) {
    return Response.fromResponse(new ProblemMapper().toResponse(ProblemException.notFound()))
        .build();
  }

  @PUT
  @Path("/lines")
  @Consumes(MediaType.WILDCARD)
  public Echo lines(@Context HttpServletRequest request) throws IOException {
    return new Echo("", "", false, String.valueOf(request.getReader().lines().count()), "");
  }

  @GET
  @Path("/held")
  public Echo hold() throws InterruptedException {
    held.countDown();
    if (!release.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("never released");
    }
    return new Echo("", "", false, "released", "");
  }

  @GET
  @Path("/suspended")
  public void suspend(@Suspended AsyncResponse response) {
    suspended.add(response);
  }

  @GET
  @Path("/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@Context SseEventSink sink, @Context Sse sse) {
    Object unused = sink.send(sse.newEvent("hello", "1"));
    sinks.add(sink);
  }

  @GET
  @Path("/moved")
  public Response moved(@QueryParam("here") boolean here) {
    if (here) {
      return Response.noContent().build();
    }
    throw new javax.ws.rs.RedirectionException(303, java.net.URI.create("/api/elsewhere"));
  }

  @GET
  @Path("/baked")
  public Response baked() {
    return Response.ok("{}").header("Set-Cookie", "sid=1").header("Set-Cookie", "track=1").build();
  }

  @GET
  @Path("/paged")
  @Operation(summary = "A page")
  public List<Inner> paged(@Context Who who, @QueryParam("limit") @DefaultValue("50") int limit) {
    return List.of();
  }
}
