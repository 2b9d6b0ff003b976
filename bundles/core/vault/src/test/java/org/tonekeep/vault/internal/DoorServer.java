package org.tonekeep.vault.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.PromiseUnkeptException;

/** A real Jetty on a free loopback port, with what the front does of errors. */
final class DoorServer {
  /** Fewer threads than clients: a stream that held one would starve the others. */
  static final int THREADS = 8;

  static final String HOST = "127.0.0.1";

  /** Who the front recognised. */
  volatile Optional<Caller> caller = Optional.empty();

  private final Server server = new Server(new QueuedThreadPool(THREADS));
  private final ServerConnector connector =
      new ServerConnector(server, 1, 1, new HttpConnectionFactory());

  DoorServer(HttpDoor door) throws Exception {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new Front(door));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    server.setHandler(context);
    server.start();
  }

  int port() {
    return connector.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  void stop() throws Exception {
    server.stop();
  }

  private final class Front extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient HttpDoor door;

    Front(HttpDoor door) {
      this.door = door;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      Peer peer = new Peer("net-1", "tag-1", "", "ZZ", false, true);
      Who who = new Who(FakeSites.ALICE, caller, "", "r1", peer, request.getServerName());
      try {
        door.serve(who, request.getPathInfo(), request, response);
      } catch (ProblemException problem) {
        problem.headers().forEach(response::setHeader);
        refuse(response, problem.status(), problem.code());
      } catch (PromiseUnkeptException unkept) {
        refuse(response, 503, "promise-unkept");
      }
    }

    private void refuse(HttpServletResponse response, int status, String code) throws IOException {
      response.setStatus(status);
      response.setContentType("text/plain");
      response.getWriter().print(code);
    }
  }
}
