package org.tonekeep.web.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestGate;
import org.tonekeep.testing.kit.TestTenants;
import org.tonekeep.web.api.WebEntry;

/** Both doors on a real Jetty; the first path segment of the address names the tenant. */
final class WebServer {
  static final TenantId ALICE = TestTenants.ALICE;
  static final TenantId BOB = TestTenants.BOB;

  final MountedEntries entries;
  private final TestGate gate = TestGate.shut();
  private final TestTenants tenants = new TestTenants();
  private final Server server = new Server();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  volatile boolean signedIn;

  WebServer() throws Exception {
    tenants.title(ALICE, "Alice's & <b>friends</b>").title(BOB, "Bob");
    entries = new MountedEntries(gate);
    HttpDoor assets = new AssetsDoor(entries, tenants);
    HttpDoor pages = new PageDoor(entries, tenants);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new AbstractHandler() {
          @Override
          public void handle(
              String target, Request base, HttpServletRequest request, HttpServletResponse response)
              throws IOException, ServletException {
            base.setHandled(true);
            // Decoded but not normalised: the doors must stand what a lenient front lets through.
            String raw = request.getRequestURI().replace("+", "%2B");
            String decoded = URLDecoder.decode(raw, StandardCharsets.UTF_8);
            int slash = decoded.indexOf('/', 1);
            String path = decoded.substring(slash);
            try {
              HttpDoor door = path.startsWith("/web/") ? assets : pages;
              door.serve(who(decoded.substring(1, slash)), path, request, response);
            } catch (ProblemException problem) {
              problem.headers().forEach(response::setHeader);
              response.setStatus(problem.status());
            }
          }
        });
    server.start();
    base = "http://127.0.0.1:" + connector.getLocalPort() + "/";
  }

  void allowCookies(TenantId tenant, String names) {
    tenants.set(tenant, SettingKey.list("cookies.allowed", "", "As faces/rest has it"), names);
  }

  void turnOn(TenantId tenant, String feature) {
    gate.turn(tenant, feature, true);
  }

  HttpResponse<String> get(TenantId tenant, String path, String... headers) throws Exception {
    return send("GET", tenant, path, headers);
  }

  HttpResponse<String> send(String method, TenantId tenant, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + tenant + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(TenantId tenant, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + tenant + path));
    return client.send(request.headers(headers).build(), BodyHandlers.ofByteArray());
  }

  /** An entry whose files lie in the test's folder {@code web/<id>}. */
  static WebEntry entry(String id, String feature) {
    return new WebEntry() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String feature() {
        return feature;
      }

      @Override
      public String module() {
        return "main.js";
      }

      @Override
      public Optional<URL> resource(String name) {
        return Optional.ofNullable(WebServer.class.getResource("/entries/" + id + "/" + name));
      }
    };
  }

  void close() throws Exception {
    server.stop();
  }

  private Who who(String tenant) {
    TenantId id = new TenantId(tenant);
    AccountId account = new AccountId("00000000-0000-7000-8000-000000000001");
    return new Who(
        id,
        signedIn
            ? Optional.of(new Caller(id, account, Set.of(Role.ARTIST), "s"))
            : Optional.empty(),
        "",
        "r");
  }
}
