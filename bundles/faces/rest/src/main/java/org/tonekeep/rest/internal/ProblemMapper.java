package org.tonekeep.rest.internal;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.RedirectionException;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.jspecify.annotations.Nullable;

/** JAX-RS's way to {@link Problems}. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
  @Override
  public @Nullable Response toResponse(Throwable thrown) {
    if (thrown instanceof RedirectionException e) {
      return e.getResponse();
    }
    Problem problem = Problems.of(thrown);
    if (inMessage(AbstractHTTPDestination.HTTP_RESPONSE) instanceof TargetResponse response
        && response.isCommitted()) {
      // A document after half an answer would make it look whole.
      response.breakOff();
      return null;
    }
    Response.ResponseBuilder answer = Response.status(problem.status()).type(Problems.MEDIA_TYPE);
    String requestId = "";
    if (inMessage(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request) {
      requestId = Problems.requestId(request);
      if (unread(request)) {
        answer.header("Connection", "close");
      }
      if (request instanceof TargetRequest target) {
        target.refuse();
      }
    }
    problem.headers().forEach(answer::header);
    return answer.entity(problem.at(requestId)).build();
  }

  private static boolean unread(HttpServletRequest request) {
    try {
      return BodyRules.isUnread(request);
    } catch (IOException e) {
      return true;
    }
  }

  /** From the exchange, not from the thread: an answer may be resumed on any. */
  private static @Nullable Object inMessage(String key) {
    Message message = JAXRSUtils.getCurrentMessage();
    Message in = message == null ? null : message.getExchange().getInMessage();
    return in == null ? null : in.get(key);
  }
}
