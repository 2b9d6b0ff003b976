package org.tonekeep.uploads.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import org.apache.cxf.BusFactory;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.jaxrs.lifecycle.SingletonResourceProvider;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.uploads.internal.rest.UploadsResource;

/**
 * The resource on a real Jetty and a real CXF. The header {@code X-Who: tenant/account} signs in.
 */
final class TusServer {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();

  TusServer(Desk desk) throws Exception {
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(Duration.ofSeconds(30).toMillis());
    server.addConnector(connector);
    CXFNonSpringServlet servlet = new CXFNonSpringServlet();
    servlet.setBus(BusFactory.newInstance().createBus());
    ServletContextHandler handler = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(servlet);
    holder.setInitOrder(1);
    handler.addServlet(holder, "/*");
    server.setHandler(handler);
    server.start();
    JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
    factory.setBus(servlet.getBus());
    factory.setAddress("/api/uploads");
    factory.setResourceClasses(UploadsResource.class);
    factory.setResourceProvider(
        UploadsResource.class,
        new SingletonResourceProvider(
            new UploadsResource(desk.uploads, desk.finish, desk.turns), true));
    factory.setProviders(List.of(new Whos(), new Problems()));
    Object unused = factory.create();
  }

  int port() {
    return connector.getLocalPort();
  }

  HttpRequest.Builder request(TenantId tenant, AccountId account, String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port() + path.replaceFirst("^/t/[a-z]+", "")))
        .timeout(Duration.ofSeconds(20))
        .header("X-Who", tenant + "/" + account)
        .header("Tus-Resumable", "1.0.0");
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** A request whose body begins with the bytes and has not ended. */
  Socket begin(
      TenantId tenant, AccountId account, String path, long offset, int length, byte[] some)
      throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    String head =
        "PATCH "
            + path.replaceFirst("^/t/[a-z]+", "")
            + " HTTP/1.1\r\nHost: x\r\nX-Who: "
            + tenant
            + "/"
            + account
            + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
            + "Upload-Offset: "
            + offset
            + "\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    socket.getOutputStream().write(some);
    socket.getOutputStream().flush();
    return socket;
  }

  static HttpRequest.BodyPublisher body(byte[] bytes, int from, int to) {
    return BodyPublishers.ofByteArray(bytes, from, to - from);
  }

  void close() throws Exception {
    server.stop();
  }

  private static final class Whos implements ContextProvider<Who> {
    @Override
    public Who createContext(Message message) {
      HttpServletRequest request =
          (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
      String[] who = request.getHeader("X-Who").split("/", -1);
      TenantId tenant = new TenantId(who[0]);
      Caller caller = new Caller(tenant, new AccountId(who[1]), Set.of(Role.ARTIST), "session-1");
      return new Who(tenant, Optional.of(caller), "/t/" + tenant, "request", Peer.unknown());
    }
  }

  private static final class Problems implements ExceptionMapper<RuntimeException> {
    @Override
    public Response toResponse(RuntimeException thrown) {
      if (thrown instanceof ProblemException e) {
        Response.ResponseBuilder answer = Response.status(e.status()).type("text/plain");
        e.headers().forEach(answer::header);
        return answer.entity(e.code()).build();
      }
      if (thrown instanceof WebApplicationException e) {
        return e.getResponse();
      }
      int status = 500;
      if (thrown instanceof QuotaExceededException) {
        status = 507;
      } else if (thrown instanceof TooLargeException) {
        status = 413;
      } else if (thrown instanceof UnsupportedAudioException) {
        status = 415;
      } else {
        thrown.printStackTrace();
      }
      return Response.status(status).type("text/plain").entity(thrown.toString()).build();
    }
  }
}
