package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Clients of one TLS version each, on the wire: alice asks for 1.3, bob for 1.2. */
public class TlsAgeTest {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();
  @ClassRule public static final Face FACE = new Face();

  private static final String STORE_PASSWORD = "of a test";
  private static int port;
  private static SSLContext trusting;

  @BeforeClass
  public static void listen() throws Exception {
    Path store = FOLDER.getRoot().toPath().resolve("https.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "https",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=alice.test",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD)
            .inheritIO()
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    SslContextFactory.Server server = new SslContextFactory.Server();
    server.setKeyStorePath(store.toString());
    server.setKeyStoreType("PKCS12");
    server.setKeyStorePassword(STORE_PASSWORD);
    server.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    port = FACE.listenTls(server);
    SslContextFactory.Client client = new SslContextFactory.Client(true);
    client.start();
    trusting = client.getSslContext();
  }

  private static String get(String host, String protocol) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {protocol});
      socket
          .getOutputStream()
          .write(
              ("GET /api/nothing HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  public void shouldRefuseTheOlderTlsWhereTheNewerIsAsked() throws IOException {
    assertThat(get(Face.ALICE, "TLSv1.2")).startsWith("HTTP/1.1 403").contains("tls-too-old");
    assertThat(get(Face.ALICE, "TLSv1.3")).startsWith("HTTP/1.1 404").contains("not-found");
  }

  @Test
  public void shouldLetBothInElsewhereAndSayThatTheyStaySecure() throws IOException {
    for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
      assertThat(get(Face.BOB, protocol))
          .startsWith("HTTP/1.1 404")
          .containsIgnoringCase("Strict-Transport-Security: max-age=63072000; includeSubDomains");
    }
  }

  @Test
  public void shouldNotSpeakWhatIsOlderStill() {
    assertThatThrownBy(() -> get(Face.BOB, "TLSv1.1")).isInstanceOf(SSLHandshakeException.class);
  }
}
