package org.tonekeep.rest.internal;

import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.RedirectionException;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

/** JAX-RS's way to {@link Problems}. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof RedirectionException e) {
      return e.getResponse();
    }
    Problem problem = Problems.of(thrown);
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problems.MEDIA_TYPE).entity(problem.at(requestId()));
    problem.headers().forEach(response::header);
    return response.build();
  }

  /** From the request, not from the thread: an answer may be resumed on any. */
  private static String requestId() {
    Message message = JAXRSUtils.getCurrentMessage();
    Object request = message == null ? null : message.get(AbstractHTTPDestination.HTTP_REQUEST);
    return request instanceof HttpServletRequest http ? Problems.requestId(http) : "";
  }
}
