package org.tonekeep.rest.internal;

import com.fasterxml.jackson.jaxrs.json.JacksonJsonProvider;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
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
import org.apache.cxf.jaxrs.sse.SseFeature;
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
  private volatile CXFNonSpringServlet servlet = new CXFNonSpringServlet();

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
    String base = String.valueOf(reference.getProperty("rest.base"));
    String feature = text(reference.getProperty("rest.feature"));
    boolean streaming = Boolean.TRUE.equals(reference.getProperty("rest.streaming"));
    Server server = withCxfLoader(() -> serverOf(base, resource));
    Published published =
        new Published(base, feature, streaming, resource.getClass(), server, new InFlight());
    Published other = byBase.putIfAbsent(base, published);
    if (other != null) {
      LOG.error("{} is served already; {} stays out", base, resource.getClass().getName());
      server.destroy();
      return;
    }
    byReference.put(reference, published);
    LOG.debug("Serving {}", base);
  }

  void unpublish(RestResource resource, ServiceReference<RestResource> reference) {
    Published published = byReference.remove(reference);
    if (published != null) {
      byBase.remove(published.base(), published);
      takeDown(published);
    }
  }

  private void takeDown(Published published) {
    if (!published.inFlight().drain(InFlight.PATIENCE)) {
      LOG.warn(
          "{} requests of {} did not end in time", published.inFlight().inside(), published.base());
    }
    published.server().stop();
    published.server().destroy();
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private Server serverOf(String base, RestResource resource) {
    JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
    factory.setBus(bus);
    factory.setAddress(base);
    factory.setResourceClasses(resource.getClass());
    factory.setResourceProvider(
        resource.getClass(), new SingletonResourceProvider(resource, false));
    factory.setProviders(
        List.of(new JacksonJsonProvider(Json.MAPPER), new ProblemMapper(), new WhoProvider()));
    factory.setFeatures(List.of(new SseFeature.Portable()));
    return factory.create();
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

  Collection<Published> all() {
    return List.copyOf(byBase.values());
  }

  void invoke(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    servlet.service(request, response);
  }
}
