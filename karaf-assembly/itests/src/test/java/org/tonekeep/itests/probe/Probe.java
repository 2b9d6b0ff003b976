package org.tonekeep.itests.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Answers on a port of this machine, which the environment names: {@code rows <tenant> <id,id,…>},
 * {@code sql <update>}, {@code shell <command line>}. One line asks, everything until the end is
 * the answer.
 */
public final class Probe implements BundleActivator {
  /** Environment: the port. */
  public static final String PORT = "TONEKEEP_PROBE_PORT";

  private BundleContext context;
  private ServerSocket server;

  @Override
  public void start(BundleContext started) throws IOException {
    context = started;
    server =
        new ServerSocket(
            Integer.parseInt(System.getenv(PORT)), 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "probe");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop(BundleContext stopped) throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        PrintStream out = new PrintStream(socket.getOutputStream(), false, UTF_8);
        answer(in.readLine(), out);
        out.flush();
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void answer(String line, PrintStream out) {
    int blank = line.indexOf(' ');
    String rest = line.substring(blank + 1);
    try {
      switch (line.substring(0, blank)) {
        case "rows" -> new Rows(database()).print(rest.split(" ", 2), out);
        case "sql" -> out.println(new Rows(database()).update(rest));
        case "shell" -> shell(rest, out);
        default -> out.println("FAILED: " + line);
      }
    } catch (SQLException | RuntimeException | InvalidSyntaxException e) {
      out.println("FAILED: " + e);
    }
  }

  private DataSource database() throws InvalidSyntaxException {
    for (ServiceReference<DataSource> found :
        context.getServiceReferences(DataSource.class, "(osgi.jndi.service.name=tonekeep-pool)")) {
      return context.getService(found);
    }
    throw new IllegalStateException("There is no database");
  }

  private void shell(String command, PrintStream out) {
    SessionFactory sessions = context.getService(context.getServiceReference(SessionFactory.class));
    var session = sessions.create(new java.io.ByteArrayInputStream(new byte[0]), out, out);
    try {
      Object unused = session.execute(command);
    } catch (Exception e) { // the console declares no less
      out.println("FAILED: " + e);
    } finally {
      session.close();
    }
  }
}
