package org.tonekeep.rest.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Readiness;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Tenants;

/**
 * Every request's first stop: operator's pages, tenant, caller, gate, then a resource or a door.
 */
@Component(
    service = Servlet.class,
    property = {
      "osgi.http.whiteboard.servlet.pattern=/*",
      "osgi.http.whiteboard.servlet.name=tonekeep",
      "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
      // Pax Web would wait for the first request, and we would never be ready for one.
      "load-on-startup:Integer=1"
    })
public final class FrontServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(FrontServlet.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  static final String WHO = "org.tonekeep.who";

  /** Bodies past this many bytes are for streaming resources only. */
  static final long JSON_LIMIT = 1L << 20;

  private final transient Tenants tenants;
  private final transient Gate gate;
  private final transient Callers callers;
  private final transient RestPublisher resources;
  private final transient Doors doors;
  private final transient OperatorPages operatorPages;
  private final transient Metrics metrics;
  private final transient ApiDocs docs;
  private final transient InFlight inFlight = new InFlight();
  private final transient BundleContext context;
  private transient @Nullable ServiceRegistration<Readiness> open;

  @Activate
  public FrontServlet(
      BundleContext context,
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference Callers callers,
      @Reference RestPublisher resources,
      @Reference Doors doors,
      @Reference OperatorPages operatorPages,
      @Reference Metrics metrics,
      @Reference ApiDocs docs) {
    this.context = context;
    this.tenants = tenants;
    this.gate = gate;
    this.callers = callers;
    this.resources = resources;
    this.doors = doors;
    this.operatorPages = operatorPages;
    this.metrics = metrics;
    this.docs = docs;
  }

  @Deactivate
  void drain() {
    if (!inFlight.drain(InFlight.PATIENCE)) {
      LOG.warn("{} requests did not end in time", inFlight.inside());
    }
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    resources.init(config);
    Readiness http = () -> new Readiness.Health("http", true, "requests are answered");
    open = context.registerService(Readiness.class, http, null);
  }

  @Override
  public void destroy() {
    ServiceRegistration<Readiness> closing = open;
    open = null;
    if (closing != null) {
      closing.unregister();
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String requestId = newId();
    if (!inFlight.enter()) {
      Problems.write(
          response,
          Problem.of(503, "stopping", "Stopping", "The server is stopping; try again soon"),
          requestId);
      return;
    }
    MDC.put("request", requestId);
    Metrics.Sample sample = metrics.begin(request.getMethod());
    try {
      SecurityHeaders.set(response);
      dispatch(request, response, requestId);
    } catch (IOException e) {
      // The peer is gone or the response is broken: nobody is left to be told.
      LOG.debug("A connection broke", e);
      throw e;
    } catch (RuntimeException e) {
      Problems.write(response, Problems.of(e), requestId);
    } finally {
      WhenDone.run(
          request,
          () -> {
            inFlight.leave();
            sample.end(response.getStatus());
          });
      MDC.remove("request");
      MDC.remove("tenant");
    }
  }

  private static String newId() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void dispatch(HttpServletRequest request, HttpServletResponse response, String requestId)
      throws ServletException, IOException {
    if (request.getMethod().equals("TRACE") || request.getMethod().equals("CONNECT")) {
      throw ProblemException.of(405, "method-not-allowed", "Method not allowed", "Not here");
    }
    if (operatorPages.serve(Target.path(request), request, response)) {
      return;
    }
    Target target = Target.of(request, tenants);
    MDC.put("tenant", target.tenant().id().value());
    Who who = new Who(target.tenant().id(), callers.of(request, target), target.root(), requestId);
    request.setAttribute(WHO, who);
    if (docs.serve(who, target, request, response)) {
      return;
    }
    if (target.path().equals("/api") || target.path().startsWith("/api/")) {
      toResource(target, request, response);
    } else {
      toDoor(who, target, request, response);
    }
  }

  private void toResource(Target target, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<Published> found = resources.find(target.path());
    String feature =
        found.map(Published::feature).orElseGet(() -> gate.featureOf(target.path()).orElse(""));
    if (!feature.isEmpty()) {
      gate.requireOn(target.tenant().id(), feature);
    }
    Published resource = found.orElseThrow(ProblemException::notFound);
    long limit = resource.streaming() ? Long.MAX_VALUE : JSON_LIMIT;
    if (request.getContentLengthLong() > limit) {
      throw new TooLargeException(limit);
    }
    if (!resource.inFlight().enter()) {
      throw feature.isEmpty()
          ? ProblemException.of(503, "stopping", "Being updated", "Try again in a moment")
              .withHeader("Retry-After", "1")
          : new org.tonekeep.tenant.api.FeatureOffException(feature);
    }
    try {
      resources.invoke(new TargetRequest(request, target, limit), response);
    } finally {
      WhenDone.run(request, resource.inFlight()::leave);
    }
  }

  private void toDoor(
      Who who, Target target, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Doors.Open open = doors.find(target.path()).orElseThrow(ProblemException::notFound);
    if (!open.feature().isEmpty()) {
      gate.requireOn(who.tenant(), open.feature());
    }
    if ((open.ownHostOnly() && !target.root().isEmpty()) || !open.inFlight().enter()) {
      throw ProblemException.notFound();
    }
    try {
      open.door()
          .serve(who, target.path(), new TargetRequest(request, target, JSON_LIMIT), response);
    } finally {
      WhenDone.run(request, open.inFlight()::leave);
    }
  }
}
