package org.tonekeep.rest.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Readiness;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}: the paths without a tenant. */
@Component(service = OperatorPages.class, configurationPid = RestConfig.PID)
public final class OperatorPages {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorPages.class);
  private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String LOOPBACK_V6 = "0:0:0:0:0:0:0:1";

  private final String token;
  private final Metrics metrics;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  final List<Readiness> parts = new CopyOnWriteArrayList<>();

  @Activate
  public OperatorPages(RestConfig config, @Reference Metrics metrics) {
    this(config.metrics_token(), metrics);
  }

  OperatorPages(String token, Metrics metrics) {
    this.token = token;
    this.metrics = metrics;
  }

  /** Serves the request if it is for one of these pages. */
  boolean serve(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!PATHS.contains(path)) {
      return false;
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      throw ProblemException.of(405, "method-not-allowed", "Method not allowed", "Only read this")
          .withHeader("Allow", "GET, HEAD");
    }
    switch (path) {
      case "/healthz" -> write(response, 200, "text/plain;charset=utf-8", "ok\n");
      case "/readyz" -> readiness(isOperator(request), response);
      default -> {
        if (!isOperator(request)) {
          throw ProblemException.notFound();
        }
        write(
            response,
            200,
            "application/openmetrics-text;version=1.0.0;charset=utf-8",
            metrics.render());
      }
    }
    return true;
  }

  /** Whether parts of these names are there and ready. */
  boolean areReady(Set<String> names) {
    Set<String> ready = new HashSet<>();
    for (Readiness part : parts) {
      Readiness.Health health = health(part);
      if (health.ready()) {
        ready.add(health.part());
      }
    }
    return ready.containsAll(names);
  }

  /** Whether all is ready; which part is not, and why, is for the operator only. */
  private void readiness(boolean parted, HttpServletResponse response) throws IOException {
    List<Readiness.Health> states = new ArrayList<>();
    for (Readiness part : parts) {
      states.add(health(part));
    }
    states.sort(Comparator.comparing(Readiness.Health::part));
    boolean ready = states.stream().allMatch(Readiness.Health::ready);
    Map<String, Object> all =
        parted ? Map.of("ready", ready, "parts", states) : Map.of("ready", ready);
    String body = Json.MAPPER.writeValueAsString(all) + "\n";
    write(response, ready ? 200 : 503, "application/json", body);
  }

  /** A part that cannot even say how it stands is not ready; the others are still shown. */
  private static Readiness.Health health(Readiness part) {
    try {
      return part.check();
    } catch (RuntimeException e) {
      LOG.warn("The readiness of {} could not be asked", part.getClass().getName(), e);
      return new Readiness.Health(part.getClass().getSimpleName(), false, "does not answer");
    }
  }

  private boolean isOperator(HttpServletRequest request) {
    return token.isEmpty()
        ? LOOPBACK.contains(String.valueOf(request.getServerName()))
            && isLoopback(request.getRemoteAddr())
            && request.getHeader("X-Forwarded-For") == null
            && request.getHeader("Forwarded") == null
        : java.security.MessageDigest.isEqual(
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
            String.valueOf(request.getHeader("Authorization")).getBytes(StandardCharsets.UTF_8));
  }

  /** The peer's own address; a name in the request says nothing about who sent it. */
  private static boolean isLoopback(String address) {
    return address.startsWith("127.") || LOOPBACK.contains(address) || address.equals(LOOPBACK_V6);
  }

  private static void write(HttpServletResponse response, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
