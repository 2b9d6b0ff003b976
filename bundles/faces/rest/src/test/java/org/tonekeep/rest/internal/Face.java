package org.tonekeep.rest.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.rules.ExternalResource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Authenticator;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.KeyAuthenticator;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.RestResource;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestKeys;

/**
 * The whole face on a real Jetty and a real CXF. Made up are the tenants {@code alice} (host {@code
 * alice.test}) and {@code bob} (host {@code bob.test}, allows AI), the gate and the sessions: the
 * cookie {@code sid=<tenant>} signs in at that tenant, {@code sid=<tenant>-2} as somebody else.
 */
final class Face extends ExternalResource {
  static final String ALICE = "alice.test";
  static final String BOB = "bob.test";

  /** Features that are on, for both tenants. */
  final Set<String> on = ConcurrentHashMap.newKeySet();

  /** Base paths that the gate remembers, with their feature. */
  final Map<String, String> remembered = new ConcurrentHashMap<>();

  final Metrics metrics = new Metrics();
  final Sites sites = new Sites();
  final TestClock clock = TestClock.standing();
  final AttemptLimits limits = new AttemptLimits(sites, metrics, clock);
  final Callers callers = new Callers(limits);
  final Peers peers = new Peers();
  final Doors doors = new Doors();
  final RestPublisher publisher = new RestPublisher();
  final OperatorPages operatorPages;
  final OncePerKey once = new OncePerKey(clock);
  final FrontServlet front;
  private final Server server = new Server();
  private final HttpConnectionFactory http = new HttpConnectionFactory();
  private final ServerConnector connector = new ServerConnector(server, http);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Object, ServiceReference<?>> references = new HashMap<>();
  volatile boolean ready;

  /** Until this is true, the start is not over; once over, it is for good. */
  final AtomicBoolean opened = new AtomicBoolean(true);

  Face() {
    this("");
  }

  Face(String metricsToken) {
    operatorPages = new OperatorPages(metricsToken, metrics);
    callers.authenticator = new Sessions();
    callers.keys = new Keys();
    peers.secret = new TestKeys(clock);
    front =
        new FrontServlet(
            context(),
            new Proxies("192.0.2.7, 127.0.0.1"),
            sites,
            new Switches(),
            new Admission(new Transport(0), peers, callers, limits),
            new CookieGuard(sites, callers, metrics),
            publisher,
            doors,
            operatorPages,
            metrics,
            new ApiDocs(publisher, new Switches(), callers),
            once,
            new Opening(opened::get));
  }

  @Override
  protected void before() throws Exception {
    http.getHttpConfiguration().setHeaderCacheSize(0); // as jetty.xml has it
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(Duration.ofSeconds(20).toMillis());
    server.addConnector(connector);
    ServletContextHandler handler = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(front);
    holder.setAsyncSupported(true);
    holder.setInitOrder(1);
    handler.addServlet(holder, "/*");
    server.setHandler(handler);
    server.start();
  }

  @Override
  protected void after() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    front.drain();
    publisher.stop();
  }

  /** Listens for TLS too, as jetty-https.xml has it; gives the port. */
  int listenTls(SslContextFactory.Server tls) throws Exception {
    HttpConfiguration config = new HttpConfiguration();
    config.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector secure =
        new ServerConnector(
            server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(config));
    secure.setHost("127.0.0.1");
    server.addConnector(secure);
    secure.start();
    return secure.getLocalPort();
  }

  int port() {
    return connector.getLocalPort();
  }

  <R extends RestResource> R publish(String base, String feature, boolean streaming, R resource) {
    return publish(base, feature, streaming, "", resource);
  }

  <R extends RestResource> R publish(
      String base, String feature, boolean streaming, String limited, R resource) {
    Map<String, Object> properties =
        Map.of(
            "rest.base", base,
            "rest.feature", feature,
            "rest.streaming", streaming,
            "rest.limited", limited);
    ServiceReference<RestResource> reference = reference(properties);
    references.put(resource, reference);
    publisher.publish(resource, reference);
    return resource;
  }

  @SuppressWarnings("unchecked")
  void unpublish(RestResource resource) {
    publisher.unpublish(resource, (ServiceReference<RestResource>) references.remove(resource));
  }

  void open(String path, String feature, boolean ownHostOnly, HttpDoor door) {
    Map<String, Object> properties =
        Map.of("door.path", path, "door.feature", feature, "door.ownHostOnly", ownHostOnly);
    ServiceReference<HttpDoor> reference = reference(properties);
    references.put(door, reference);
    doors.open(door, reference);
  }

  @SuppressWarnings("unchecked")
  void close(HttpDoor door) {
    doors.close(door, (ServiceReference<HttpDoor>) references.remove(door));
  }

  /** A request to a tenant's own host. */
  HttpRequest.Builder to(String host, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(20))
        .setHeader("Host", host);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request.build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String host, String path) {
    return send(to(host, path));
  }

  HttpClient client() {
    return client;
  }

  /** Sends bytes as they are and returns all that comes back until the server closes. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      in.transferTo(all);
      return all.toString(StandardCharsets.UTF_8);
    }
  }

  /** A GET of a path that an HTTP client would refuse to send. */
  String rawGet(String host, String path) throws IOException {
    return raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  @SuppressWarnings("unchecked")
  private static <S> ServiceReference<S> reference(Map<String, Object> properties) {
    return (ServiceReference<S>)
        Proxy.newProxyInstance(
            Face.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> properties.get(arguments[0]);
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  default -> properties.toString();
                });
  }

  private BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            Face.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("registerService")) {
                return null;
              }
              ready = true;
              return Proxy.newProxyInstance(
                  Face.class.getClassLoader(),
                  new Class<?>[] {ServiceRegistration.class},
                  (registration, unregister, none) -> {
                    ready = false;
                    return null;
                  });
            });
  }

  static final class Sites implements Tenants {
    private static final List<Tenant> ALL =
        List.of(
            tenant(
                "alice",
                Map.of("net.identity", "daily-hash", "net.ua", "family", "tls.min", "1.3"),
                false),
            tenant("bob", Map.of("site.aiUse", "allowed", "cookies.allowed", "theme"), false),
            tenant("gone", Map.of(), true));

    private static Tenant tenant(String id, Map<String, String> settings, boolean suspended) {
      return new Tenant(
          new TenantId(id),
          "Site of <" + id + ">",
          List.of(id + ".test"),
          Set.of(),
          Locale.ENGLISH,
          new Settings(settings),
          suspended);
    }

    @Override
    public Optional<Tenant> find(TenantId id) {
      return ALL.stream().filter(t -> t.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Tenant> byHost(String host) {
      return ALL.stream()
          .filter(t -> !t.suspended() && t.hosts().contains(host.toLowerCase(Locale.ROOT)))
          .findFirst();
    }

    @Override
    public List<Tenant> all() {
      return ALL;
    }
  }

  private final class Switches implements Gate {
    @Override
    public boolean isOn(TenantId tenant, String feature) {
      return on.contains(feature);
    }

    @Override
    public void requireOn(TenantId tenant, String feature) {
      if (!isOn(tenant, feature)) {
        throw new FeatureOffException(feature);
      }
    }

    @Override
    public void requireKept(TenantId tenant, Act act) {
      throw new AssertionError("The front never asks this");
    }

    @Override
    public Optional<String> featureOf(String path) {
      return remembered.entrySet().stream()
          .filter(e -> path.equals(e.getKey()) || path.startsWith(e.getKey() + "/"))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    @Override
    public List<Feature> listed(TenantId tenant) {
      return List.of();
    }

    @Override
    public List<FeatureState> features() {
      return List.of();
    }
  }

  /** The key {@code <tenant>-read} may read there, and so for the other scopes. */
  private static final class Keys implements KeyAuthenticator {
    @Override
    public Optional<Caller> authenticate(TenantId tenant, String token) {
      return Arrays.stream(Scope.values())
          .filter(scope -> token.equals(tenant + "-" + scope.name().toLowerCase(Locale.ROOT)))
          .findFirst()
          .map(
              scope ->
                  new Caller(
                      tenant,
                      new AccountId("00000000-0000-7000-8000-000000000001"),
                      Set.of(Role.ARTIST),
                      "key",
                      Set.of(scope),
                      false));
    }
  }

  private static final class Sessions implements Authenticator {
    @Override
    public String cookieName(TenantId tenant) {
      return "sid";
    }

    @Override
    public Optional<Caller> authenticate(TenantId tenant, String token) {
      List<String> tokens = List.of(tenant.value(), tenant.value() + "-2");
      return Optional.of(tokens.indexOf(token))
          .filter(index -> index >= 0)
          .map(
              index ->
                  new Caller(
                      tenant,
                      new AccountId("00000000-0000-7000-8000-00000000000" + (index + 1)),
                      Set.of(Role.ARTIST),
                      "session"));
    }
  }
}
