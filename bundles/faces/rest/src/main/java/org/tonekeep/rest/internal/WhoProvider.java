package org.tonekeep.rest.internal;

import javax.servlet.http.HttpServletRequest;
import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.tonekeep.rest.api.Who;

/** Gives resource methods their {@code @Context Who}. */
final class WhoProvider implements ContextProvider<Who> {
  @Override
  public Who createContext(Message message) {
    Object request = message.get(AbstractHTTPDestination.HTTP_REQUEST);
    if (request instanceof HttpServletRequest http
        && http.getAttribute(FrontServlet.WHO) instanceof Who who) {
      return who;
    }
    throw new IllegalStateException("A request came past the front servlet");
  }
}
