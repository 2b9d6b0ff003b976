package org.tonekeep.rest.internal;

import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import org.slf4j.MDC;

/** JAX-RS's way to {@link Problems}. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
  @Override
  public Response toResponse(Throwable thrown) {
    Problem problem = Problems.of(thrown);
    String requestId = String.valueOf(MDC.get("request"));
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problems.MEDIA_TYPE).entity(problem.at(requestId));
    problem.headers().forEach(response::header);
    return response.build();
  }
}
