package org.tonekeep.rest.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.rest.api.Who;

/** Makes things, and counts them. */
@Path("/")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class MakingResource implements RestResource {
  final AtomicInteger made = new AtomicInteger();
  final AtomicBoolean broken = new AtomicBoolean();
  final CountDownLatch held = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  final ConcurrentLinkedQueue<AsyncResponse> suspended = new ConcurrentLinkedQueue<>();

  /** A thing. */
  public record Thing(int number) {}

  private Response thing(Who who) {
    int number = made.incrementAndGet();
    return Response.status(201)
        .header("Location", who.root() + "/api/things/" + number)
        .entity(new Thing(number))
        .build();
  }

  @POST
  public Response make(@Context Who who, @Context HttpServletRequest request) throws IOException {
    request.getInputStream().transferTo(OutputStream.nullOutputStream());
    if (broken.get()) {
      throw ProblemException.of(507, "storage-full", "No room", "No room");
    }
    return thing(who);
  }

  @GET
  public Thing count() {
    return new Thing(made.get());
  }

  @POST
  @Path("/other")
  public Response makeOther(@Context Who who) {
    return thing(who);
  }

  @POST
  @Path("/quietly")
  public void makeQuietly() {
    made.incrementAndGet();
  }

  @POST
  @Path("/half")
  public Response half(@Context Who who) {
    thing(who);
    return Response.status(201).entity(new EchoResource.Unwritable()).build();
  }

  @POST
  @Path("/slowly")
  public Response makeSlowly(@Context Who who) throws InterruptedException {
    held.countDown();
    if (!release.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("never released");
    }
    return thing(who);
  }

  @POST
  @Path("/later")
  public void makeLater(@Suspended AsyncResponse response) {
    suspended.add(response);
  }

  /** Answers who waits. */
  void answer(AsyncResponse response) {
    int number = made.incrementAndGet();
    response.resume(
        Response.status(202)
            .header("Location", "/api/jobs/" + number)
            .entity(new Thing(number))
            .build());
  }
}
