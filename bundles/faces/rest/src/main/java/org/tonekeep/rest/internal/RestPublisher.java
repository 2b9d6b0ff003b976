package org.tonekeep.rest.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.servlet.ServletConfig;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.ext.RuntimeDelegate;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.apache.cxf.jaxrs.lifecycle.SingletonResourceProvider;
import org.apache.cxf.jaxrs.provider.ServerProviderFactory;
import org.apache.cxf.jaxrs.sse.SseContextProvider;
import org.apache.cxf.jaxrs.sse.interceptor.SseInterceptor;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.RestBase;
import org.tonekeep.rest.api.RestResource;

/**
 * Publishes each {@link RestResource} as a CXF server of its own, so that one that comes or goes
 * touches nothing else; a going one first lets its requests end.
 */
@Component(service = RestPublisher.class)
public final class RestPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(RestPublisher.class);

  private final Bus bus;
  private final Map<String, Published> byBase = new ConcurrentSkipListMap<>();
  private final Map<ServiceReference<?>, Published> byReference = new ConcurrentHashMap<>();
  private final Set<String> coreBases = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final Object lock = new Object();

  private final Map<String, ServiceReference<RestResource>> taken = new HashMap<>();

  private final Map<ServiceReference<RestResource>, RestResource> waiting = new LinkedHashMap<>();

  private volatile CXFNonSpringServlet servlet = new CXFNonSpringServlet();
  private volatile Duration patience = InFlight.PATIENCE;

  @Activate
  public RestPublisher() {
    this.bus =
        withCxfLoader(
            () -> {
              RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
              return new ExtensionManagerBus();
            });
  }

  @Deactivate
  void stop() {
    byBase.values().forEach(this::takeDown);
    servlet.destroy();
    bus.shutdown(true);
  }

  /** Called by the front servlet, whose context CXF needs. */
  void init(ServletConfig config) throws ServletException {
    CXFNonSpringServlet fresh = new CXFNonSpringServlet(null, false);
    fresh.setBus(bus);
    fresh.init(config);
    servlet = fresh;
  }

  @Reference(
      service = RestResource.class,
      target = "(rest.base=/*)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void publish(RestResource resource, ServiceReference<RestResource> reference) {
    String base = String.valueOf(reference.getProperty(RestBase.PREFIX_ + "base"));
    synchronized (lock) {
      if (taken.putIfAbsent(base, reference) != null) {
        LOG.error(
            "{} is served already; {} waits until it is free", base, resource.getClass().getName());
        waiting.put(reference, resource);
        return;
      }
    }
    goOnAir(base, resource, reference);
  }

  void unpublish(RestResource resource, ServiceReference<RestResource> reference) {
    Published published = byReference.remove(reference);
    if (published != null) {
      byBase.remove(published.base(), published);
      takeDown(published);
    }
    Map.Entry<ServiceReference<RestResource>, RestResource> next = null;
    String base = String.valueOf(reference.getProperty(RestBase.PREFIX_ + "base"));
    synchronized (lock) {
      waiting.remove(reference);
      if (taken.remove(base, reference)) {
        next =
            waiting.entrySet().stream()
                .filter(e -> base.equals(e.getKey().getProperty(RestBase.PREFIX_ + "base")))
                .findFirst()
                .orElse(null);
      }
      if (next != null) {
        waiting.remove(next.getKey());
        taken.put(base, next.getKey());
      }
    }
    if (next != null) {
      goOnAir(base, next.getValue(), next.getKey());
    }
  }

  private void goOnAir(
      String base, RestResource resource, ServiceReference<RestResource> reference) {
    String feature = text(reference.getProperty(RestBase.PREFIX_ + "feature"));
    boolean streaming = Boolean.TRUE.equals(reference.getProperty(RestBase.PREFIX_ + "streaming"));
    String limited = text(reference.getProperty(RestBase.PREFIX_ + "limited"));
    EventStreams streams = new EventStreams();
    Server server = withCxfLoader(() -> serverOf(base, resource, streams));
    Published published =
        new Published(
            numbers.incrementAndGet(),
            base,
            feature,
            streaming,
            limited.isEmpty() ? Optional.empty() : Optional.of(LimitedAct.valueOf(limited)),
            new ApiPiece(resource.getClass()),
            server,
            streams,
            new InFlight());
    if (feature.isEmpty()) {
      coreBases.add(base);
    }
    byReference.put(reference, published);
    byBase.put(base, published);
    LOG.debug("Serving {}", base);
  }

  /** Ends the event streams, which would never end by themselves. */
  void endStreams() {
    byBase.values().forEach(published -> published.streams().close());
  }

  /** From now on a resource that goes does not wait for its requests. */
  void waitNoMore() {
    patience = Duration.ZERO;
  }

  private void takeDown(Published published) {
    if (!published.takeDown(patience)) {
      LOG.warn(
          "{} requests of {} did not end in time", published.inFlight().inside(), published.base());
    }
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private Server serverOf(String base, RestResource resource, EventStreams streams) {
    JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
    factory.setBus(bus);
    factory.setAddress(base);
    factory.setResourceClasses(resource.getClass());
    factory.setResourceProvider(
        resource.getClass(), new SingletonResourceProvider(resource, false));
    factory.setProviders(
        List.of(
            new JsonBodies(),
            new Parameters(),
            new ProblemMapper(),
            new WhoProvider(),
            new SseContextProvider(),
            streams));
    factory.getInInterceptors().addAll(List.of(new BodyRules(), new SseInterceptor()));
    Server server = factory.create();
    if (server.getEndpoint().get(ServerProviderFactory.class.getName())
        instanceof ServerProviderFactory providers) {
      // CXF would let a query parameter say what the body's media type is.
      providers.setRequestPreprocessor(null);
    }
    return server;
  }

  /** CXF finds its own parts by the thread's class loader. */
  private static <T> T withCxfLoader(java.util.function.Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Bus.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The resource that serves the path, by the longest base. */
  Optional<Published> find(String path) {
    return byBase.values().stream()
        .filter(published -> published.serves(path))
        .reduce((one, two) -> one.base().length() >= two.base().length() ? one : two);
  }

  /** Whether a core resource was ever served there. */
  boolean isCore(String path) {
    return coreBases.stream().anyMatch(base -> path.equals(base) || path.startsWith(base + "/"));
  }

  /** What is on the air, by base. */
  Collection<Published> all() {
    return List.copyOf(byBase.values());
  }

  void invoke(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    servlet.service(request, response);
  }
}
