package org.tonekeep.rest.internal;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.ext.MessageBodyWriter;
import javax.ws.rs.sse.OutboundSseEvent;
import javax.ws.rs.sse.SseEventSink;
import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.jaxrs.sse.SseEventSinkContextProvider;

/**
 * The event streams that a resource has open. They would outlive its patience when it goes, so they
 * are closed; a browser's EventSource asks again by itself.
 */
// The interface again: CXF reads what a provider provides from the class itself only.
final class EventStreams extends SseEventSinkContextProvider
    implements ContextProvider<SseEventSink> {
  private final Set<SseEventSink> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  @Override
  protected SseEventSink createSseEventSink(
      HttpServletRequest request,
      MessageBodyWriter<OutboundSseEvent> writer,
      AsyncResponse response,
      Integer bufferSize) {
    SseEventSink sink = super.createSseEventSink(request, writer, response, bufferSize);
    open.add(sink);
    return sink;
  }

  void close() {
    SseEventSink[] now;
    synchronized (open) {
      now = open.toArray(SseEventSink[]::new);
    }
    for (SseEventSink sink : now) {
      sink.close();
    }
  }
}
