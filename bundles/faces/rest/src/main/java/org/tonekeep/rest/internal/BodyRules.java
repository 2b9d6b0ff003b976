package org.tonekeep.rest.internal;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.core.MediaType;
import org.apache.cxf.helpers.CastUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.rest.api.ProblemException;

/** Where CXF's own treatment of bodies is not ours. */
final class BodyRules extends AbstractPhaseInterceptor<Message> {
  private static final Logger LOG = LoggerFactory.getLogger(BodyRules.class);
  private static final int READ_ON = 2 << 20;
  private static final String HEADERS = Message.PROTOCOL_HEADERS;
  private static final String SPOOL = "cxf.io.cacheinput";

  BodyRules() {
    super(Phase.RECEIVE);
  }

  @Override
  public void handleMessage(Message message) {
    // CXF would copy what a resource did not read of a body into a file before it answers: a
    // rejected upload would lie on the disk in the clear. Now it reads on a little and drops it.
    message.getExchange().put(SPOOL, false);
    // A body that is not there has no media type; CXF would take it for bytes and refuse it.
    if (message.get(AbstractHTTPDestination.HTTP_REQUEST) instanceof HttpServletRequest request
        && request.getContentType() == null
        && !hasBody(request)) {
      Map<String, List<String>> headers = CastUtils.cast((Map<?, ?>) message.get(HEADERS));
      if (headers != null) {
        headers.put(Message.CONTENT_TYPE, List.of(MediaType.APPLICATION_JSON));
      }
    }
  }

  /**
   * @throws ProblemException 415 for a body in letters that nobody knows
   */
  static void requireKnownCharset(HttpServletRequest request) {
    String name = request.getCharacterEncoding();
    boolean known;
    try {
      known = name == null || Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      known = false;
    }
    if (!known) {
      throw ProblemException.of(
          415, "unsupported-media-type", "Unsupported media type", "Send UTF-8");
    }
  }

  /** Whether the request announces a body. */
  static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length > 0 || (length < 0 && request.getHeader("Transfer-Encoding") != null);
  }

  /**
   * Whether some of an announced body was not read, so that the connection cannot be used again.
   */
  static boolean isUnread(HttpServletRequest request) throws IOException {
    // Asking for the stream of a peer who waits to be asked for the body would ask for it.
    return hasBody(request)
        && (request.getHeader("Expect") != null || !request.getInputStream().isFinished());
  }

  /**
   * Reads on a little after a refusal was sent. A connection that is closed with unread bytes is
   * reset, and the peer, who is still sending, would never see why.
   */
  static void readOn(HttpServletRequest request) {
    readOn(request, READ_ON);
  }

  /** As {@link #readOn}, to the end of the body. */
  static void readAll(HttpServletRequest request) {
    readOn(request, Long.MAX_VALUE);
  }

  private static void readOn(HttpServletRequest request, long most) {
    if (request.getHeader("Expect") != null) {
      return;
    }
    try {
      request.getInputStream().skipNBytes(most);
    } catch (IOException e) {
      LOG.debug("The rest of a body that nobody wants did not come", e);
    }
  }
}
