package org.tonekeep.testing.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;

/** Apache Karaf as it comes, with HTTP: ready when its shell and its web server answer. */
final class Stock extends Karaf {
  private static final int TIMEOUT = 2_000;
  private final int shell = freePort();

  Stock(Path archive, Path work) throws IOException {
    super(archive, work);
    configure("org.apache.karaf.shell.cfg", Map.of("sshPort", "" + shell, "sshHost", "127.0.0.1"));
    configure("org.ops4j.pax.web.cfg", Map.of("org.osgi.service.http.port", "" + port));
    configure(
        "org.apache.karaf.management.cfg",
        Map.of("rmiRegistryPort", "" + freePort(), "rmiServerPort", "" + freePort()));
  }

  @Override
  Map<String, String> environment() {
    return Map.of("EXTRA_JAVA_OPTS", "-Xmx768M");
  }

  @Override
  boolean ready() {
    return shellAnswers() && answers("/", 0);
  }

  private boolean shellAnswers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), shell), TIMEOUT);
      socket.setSoTimeout(TIMEOUT);
      return socket.getInputStream().read() == 'S';
    } catch (IOException notYet) {
      return false;
    }
  }
}
