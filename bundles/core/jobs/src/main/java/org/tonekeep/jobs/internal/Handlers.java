package org.tonekeep.jobs.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.jobs.api.JobHandler;

/**
 * The handlers that are here, as the dispatcher knows them. It refers to nothing, so that the queue
 * may ask it although handlers depend on the queue.
 */
@Component(service = Handlers.class)
public final class Handlers {
  private final Map<String, JobHandler> byKind = new ConcurrentHashMap<>();

  /** False when another handler of that kind is here. */
  boolean add(JobHandler handler) {
    JobHandler other = byKind.putIfAbsent(handler.kind(), handler);
    return other == null || other == handler;
  }

  void remove(JobHandler handler) {
    byKind.values().removeIf(h -> h == handler);
  }

  Optional<JobHandler> find(String kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** The kinds that can be done now. */
  Set<String> kinds() {
    return new TreeSet<>(byKind.keySet());
  }
}
