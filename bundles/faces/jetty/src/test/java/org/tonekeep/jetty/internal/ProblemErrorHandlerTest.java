package org.tonekeep.jetty.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ProblemErrorHandlerTest {
  private static final String HOST = "Host: demo.localhost\r\n";

  private final Server server = new Server();
  private ServerConnector connector;

  @Before
  public void listen() throws Exception {
    HttpConfiguration config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.setRequestHeaderSize(8192);
    connector = new ServerConnector(server, new HttpConnectionFactory(config));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setErrorHandler(new ProblemErrorHandler());
    server.start();
  }

  @After
  public void stop() throws Exception {
    server.stop();
  }

  private String answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write((request + "\r\n").getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void assertProblem(String answer, int status) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains(
            "Content-Type: application/problem+json\r\n",
            "X-Content-Type-Options: nosniff\r\n",
            "Content-Security-Policy: default-src 'none';",
            "Cache-Control: private, no-store\r\n",
            "{\"type\":\"urn:tonekeep:problem:http-" + status + "\",")
        .doesNotContain("Server:", "Jetty", "jetty", "<", "demo.localhost", "secret");
  }

  @Test
  public void shouldAnswerWhatCannotBeReadWithAProblemDocument() throws IOException {
    assertProblem(answer("GET /secret HTTP/1.1\r\n"), 400);
    assertProblem(answer("GET /secret%00 HTTP/1.1\r\n" + HOST), 400);
    assertProblem(answer("GET /%zz HTTP/1.1\r\n" + HOST), 400);
    assertProblem(answer("GET /../secret HTTP/1.1\r\n" + HOST), 400);
    assertProblem(answer("secret\r\n"), 400);
    assertProblem(answer("GET / HTTP/1.1\r\n" + HOST + "Content-Length: secret\r\n"), 400);
    assertProblem(answer("GET / HTTP/3.0\r\n" + HOST), 505);
  }

  @Test
  public void shouldAnswerWhatIsTooLargeWithAProblemDocument() throws IOException {
    String secret = "secret".repeat(2000);
    assertProblem(answer("GET / HTTP/1.1\r\n" + HOST + "X: " + secret + "\r\n"), 431);
    assertProblem(answer("GET /" + secret + " HTTP/1.1\r\n" + HOST), 414);
  }

  @Test
  public void shouldSayWithAProblemDocumentThatNobodyIsThere() throws IOException {
    assertProblem(answer("GET /secret HTTP/1.1\r\n" + HOST + "Accept: text/html\r\n"), 503);
    assertProblem(answer("PATCH /secret HTTP/1.1\r\n" + HOST), 503);
    String head = answer("HEAD /secret HTTP/1.1\r\n" + HOST);
    assertThat(head).contains(" 503 ").contains("Retry-After: 2").doesNotContain("{");
    assertThat(answer("HEAD /secret HTTP/1.1\r\n" + HOST + "Tus-Resumable: 1.0.0\r\n"))
        .as("a client that would begin again")
        .contains(" 423 ");
  }
}
