package org.tonekeep.rest.internal;

import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.servlet.DispatcherType;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
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
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Tenant;
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
  private static final String TARGET = "org.tonekeep.target";
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  /** Bodies past this many bytes are for streaming resources only. */
  static final long JSON_LIMIT = 1L << 20;

  private final transient Proxies proxies;
  private final transient Tenants tenants;
  private final transient Gate gate;
  private final transient Admission admission;
  private final transient CookieGuard cookies;
  private final transient RestPublisher resources;
  private final transient Doors doors;
  private final transient OperatorPages operatorPages;
  private final transient Metrics metrics;
  private final transient ApiDocs docs;
  private final transient OncePerKey once;
  private final transient Opening opening;
  private final transient InFlight inFlight = new InFlight();
  private final transient BundleContext context;
  private transient @Nullable ServiceRegistration<Readiness> open;
  private transient volatile Duration patience = InFlight.PATIENCE;
  private final transient SynchronousBundleListener closing = this::closeFirst;

  @Activate
  public FrontServlet(
      BundleContext context,
      @Reference Proxies proxies,
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference Admission admission,
      @Reference CookieGuard cookies,
      @Reference RestPublisher resources,
      @Reference Doors doors,
      @Reference OperatorPages operatorPages,
      @Reference Metrics metrics,
      @Reference ApiDocs docs,
      @Reference OncePerKey once,
      @Reference Opening opening) {
    this.context = context;
    this.proxies = proxies;
    this.tenants = tenants;
    this.gate = gate;
    this.admission = admission;
    this.cookies = cookies;
    this.resources = resources;
    this.doors = doors;
    this.operatorPages = operatorPages;
    this.metrics = metrics;
    this.docs = docs;
    this.once = once;
    this.opening = opening;
    context.addBundleListener(closing);
  }

  /**
   * The whole server stops: whoever is inside may finish while every bundle is still there, nobody
   * else is let in, and nobody is waited for twice.
   */
  private void closeFirst(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
      inFlight.close();
      resources.endStreams();
      awaitThoseInside();
      patience = Duration.ZERO;
      resources.waitNoMore();
      doors.waitNoMore();
    }
  }

  @Deactivate
  void drain() {
    context.removeBundleListener(closing);
    awaitThoseInside();
  }

  private void awaitThoseInside() {
    if (!inFlight.drain(patience)) {
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
  protected void service(HttpServletRequest received, HttpServletResponse unguarded)
      throws ServletException, IOException {
    OriginalRequest request = proxies.original(received);
    HttpServletResponse response = cookies.around(request, unguarded);
    if (request.getDispatcherType() == DispatcherType.ASYNC
        && request.getAttribute(TARGET) instanceof TargetRequest suspended) {
      resume(suspended, request, response);
      return;
    }
    request.setAttribute(Problems.REQUEST_ID, newId());
    SecurityHeaders.set(request, response);
    if (!inFlight.enter()) {
      int status = status(request);
      Problem stopping = Problem.of(status, "stopping", "Stopping", "The server stops; try again");
      Problems.write(request, response, stopping.with(List.of(), Map.of("Retry-After", "5")));
      return;
    }
    MDC.put(LogContext.REQUEST, Problems.requestId(request));
    Metrics.Sample sample = metrics.begin(request.getMethod());
    try {
      dispatch(request, response);
    } catch (IOException
        | ServletException
        | RuntimeException
        | LinkageError
        | StackOverflowError e) {
      answer(e, request, response);
    } finally {
      WhenDone.run(
          request,
          () -> {
            once.settle(request, response);
            once.end(request);
            inFlight.leave();
            sample.end(response.getStatus());
          });
      LogContext.clear();
    }
  }

  /** The second part of a request that was suspended; it was let in and counted already. */
  private void resume(
      TargetRequest suspended, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    suspended.log().enter();
    try {
      invoke(suspended, response);
    } catch (IOException
        | ServletException
        | RuntimeException
        | LinkageError
        | StackOverflowError e) {
      answer(e, request, response);
    } finally {
      LogContext.clear();
    }
  }

  private void invoke(TargetRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    TargetResponse targeted = targeted(request, response, request.log());
    resources.invoke(request, targeted);
    if (targeted.broken()) {
      throw new IOException("An answer broke in the middle");
    }
  }

  private TargetResponse targeted(
      HttpServletRequest request, HttpServletResponse response, LogContext log) {
    return new TargetResponse(response, log, () -> once.settle(request, response));
  }

  private void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!response.isCommitted()) {
      once.failed(request);
    }
    if (thrown instanceof IOException e && (response.isCommitted() || e instanceof EOFException)) {
      // The peer is gone: nobody is left to be told.
      LOG.debug("A connection broke", e);
      throw e;
    }
    Problems.write(request, response, Problems.of(thrown));
    if (request.isAsyncStarted()) {
      request.getAsyncContext().complete();
    }
  }

  /**
   * Of whom the server cannot serve yet, or not any more. A tus client that asks how far its upload
   * is takes anything but 423 for the end of it, and would send the whole file again.
   */
  private static int status(HttpServletRequest request) {
    boolean resumes =
        request.getMethod().equals("HEAD") && request.getHeader("Tus-Resumable") != null;
    return resumes ? 423 : 503;
  }

  private static String newId() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void dispatch(OriginalRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getMethod().equals("TRACE") || request.getMethod().equals("CONNECT")) {
      throw ProblemException.of(405, "method-not-allowed", "Method not allowed", "Not here")
          .withHeader("Allow", METHODS);
    }
    Target.requireOneHost(request);
    BodyRules.requireKnownCharset(request);
    if (operatorPages.serve(Target.path(request), request, response)) {
      return;
    }
    if (!opening.isOver()) {
      int status = status(request);
      throw ProblemException.of(status, "starting", "Starting", "The server starts; try again")
          .withHeader("Retry-After", "2");
    }
    Target target = Target.of(request, tenants);
    Tenant tenant = target.tenant();
    LogContext log = new LogContext(tenant.id().value(), Problems.requestId(request));
    log.enter();
    if (tenant.get(SiteKeys.AI_USE).equals("forbidden")) {
      request.setAttribute(SecurityHeaders.NO_AI, true);
      SecurityHeaders.set(request, response);
    }
    Who who = admission.admit(request, target);
    request.setAttribute(WHO, who);
    if (docs.serve(target, request, response)) {
      return;
    }
    if (target.path().equals("/api") || target.path().startsWith("/api/")) {
      toResource(who, target, log, request, response);
    } else {
      toDoor(who, target, log, request, response);
    }
  }

  private void toResource(
      Who who, Target target, LogContext log, OriginalRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<Published> found = resources.find(target.path());
    String feature =
        found.map(Published::feature).orElseGet(() -> gate.featureOf(target.path()).orElse(""));
    if (!feature.isEmpty()) {
      gate.requireOn(target.tenant().id(), feature);
    }
    // A longer base of a feature that is away: what was found has only a shorter one.
    gate.featureOf(target.path())
        .filter(owner -> !owner.equals(feature))
        .ifPresent(owner -> gate.requireOn(target.tenant().id(), owner));
    Published resource = found.orElseThrow(() -> absent(target.path(), feature));
    long limit = resource.streaming() ? Long.MAX_VALUE : JSON_LIMIT;
    if (request.getContentLengthLong() > limit) {
      throw TargetRequest.tooLarge(limit);
    }
    admission.count(who, resource, request.getMethod(), target.path());
    if (!resource.inFlight().enter()) {
      throw absent(target.path(), feature);
    }
    try {
      TargetRequest targeted = new TargetRequest(request, target, log, limit);
      request.setAttribute(TARGET, targeted);
      if (once.begin(who, targeted, response)) {
        invoke(targeted, response);
      }
    } finally {
      WhenDone.run(request, resource.inFlight()::leave);
    }
  }

  /** Core resources cannot be switched off: one that is away will be back. */
  private RuntimeException absent(String path, String feature) {
    if (!feature.isEmpty()) {
      return new FeatureOffException(feature);
    }
    return resources.isCore(path)
        ? ProblemException.of(503, "stopping", "Being updated", "Try again in a moment")
            .withHeader("Retry-After", "1")
        : ProblemException.notFound();
  }

  private void toDoor(
      Who who, Target target, LogContext log, OriginalRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    gate.featureOf(target.path()).ifPresent(feature -> gate.requireOn(who.tenant(), feature));
    Doors.Open open = doors.find(target.path()).orElseThrow(ProblemException::notFound);
    if (!open.feature().isEmpty()) {
      gate.requireOn(who.tenant(), open.feature());
    }
    if (open.ownHostOnly() && !target.root().isEmpty()) {
      throw ProblemException.notFound();
    }
    if (request.getContentLengthLong() > JSON_LIMIT) {
      throw TargetRequest.tooLarge(JSON_LIMIT);
    }
    if (!open.inFlight().enter()) {
      throw open.feature().isEmpty()
          ? ProblemException.notFound()
          : new FeatureOffException(open.feature());
    }
    try {
      TargetRequest targeted = new TargetRequest(request, target, log, JSON_LIMIT);
      if (once.begin(who, targeted, response)) {
        open.door().serve(who, target.path(), targeted, targeted(request, response, log));
      }
    } finally {
      WhenDone.run(request, open.inFlight()::leave);
    }
  }
}
