package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.itests.Patience;

/** The wire: our own HTTPS listener, and the nginx sample in front of the plain one. */
public class TransportIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final String PASSWORD = "tonekeep";
  private static Distribution platform;
  private static int https;
  private static Path store;

  @BeforeClass
  public static void boot() throws Exception {
    store = FOLDER.getRoot().toPath().resolve("https.p12");
    makeCertificate(store, "first");
    https = Distribution.freePort();
    platform =
        Distribution.unpack()
            .with("TONEKEEP_HTTPS_PORT", Integer.toString(https))
            .with("TONEKEEP_HTTPS_KEYSTORE", store.toString())
            .with("TONEKEEP_HTTPS_ADDRESS", "127.0.0.1")
            .start();
  }

  @AfterClass
  public static void end() throws IOException {
    platform.close();
  }

  private static void makeCertificate(Path file, String name) throws Exception {
    Path beside = file.resolveSibling(name + ".p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "https",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                beside.toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static KeyStore keys() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** A connection that trusts what the store holds now. */
  private static SSLSocket connect(int port, String protocol) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("https", keys().getCertificate("https"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private static String get(Socket socket, String host, String path, String... headers)
      throws IOException {
    try (socket) {
      String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
      String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      socket.getOutputStream().write((head + more + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Socket plain(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Test
  public void shouldServeHttpsAndRefuseOlderTlsWhereTheSiteAsksForTheNewest() throws Exception {
    String vault = "vault.localhost";
    assertThat(get(connect(https, "TLSv1.3"), vault, "/api/tracks"))
        .startsWith("HTTP/1.1 401")
        .contains("Strict-Transport-Security: max-age=63072000; includeSubDomains");
    assertThat(get(connect(https, "TLSv1.2"), vault, "/api/tracks"))
        .startsWith("HTTP/1.1 403")
        .contains("tls-too-old");
    assertThat(get(connect(https, "TLSv1.2"), "demo.localhost", "/api/tracks"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  public void shouldAnswerWhatTheServerCannotReadWithAProblemDocument() throws Exception {
    String host = "Host: demo.localhost\r\n";
    String[][] requests = {
      {"GET / HTTP/1.1\r\n", "400"},
      {"GET /a%00b HTTP/1.1\r\n" + host, "400"},
      {"GET /%zz HTTP/1.1\r\n" + host, "400"},
      {"GET /../etc/passwd HTTP/1.1\r\n" + host, "400"},
      {"canary\r\n", "400"},
      {"GET / HTTP/1.1\r\n" + host + "X: " + "a".repeat(9000) + "\r\n", "431"},
      {"GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + host, "414"},
      {"GET / HTTP/3.0\r\n" + host, "505"},
    };
    for (String[] request : requests) {
      for (Socket socket : List.of(plain(platform.port()), connect(https, "TLSv1.3"))) {
        try (socket) {
          socket.getOutputStream().write((request[0] + "\r\n").getBytes(StandardCharsets.US_ASCII));
          String answer =
              new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          assertThat(answer)
              .startsWith("HTTP/1.1 " + request[1])
              .contains(
                  "Content-Type: application/problem+json",
                  "X-Content-Type-Options: nosniff",
                  "Content-Security-Policy: default-src 'none'",
                  "\"urn:tonekeep:problem:http-" + request[1] + "\"")
              .doesNotContainIgnoringCase("jetty", "<h1>", "canary", "Server:");
        }
      }
    }
  }

  @Test
  public void shouldTakeOverARenewedCertificateWithoutARestart() throws Exception {
    makeCertificate(store, "second");
    Patience.until(
        "the new certificate is served",
        () -> {
          try (SSLSocket socket = connect(https, "TLSv1.3")) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName().equals("CN=second");
          } catch (javax.net.ssl.SSLException e) {
            return false;
          }
        });
  }

  @Test
  public void shouldBelieveNothingThatAVisitorClaimsBehindNginx() throws Exception {
    assumeTrue("nginx is not installed (.ci/run installs it)", hasNginx());
    int front = Distribution.freePort();
    int open = Distribution.freePort();
    Process nginx = nginx(front, open);
    try {
      Patience.until("nginx listens", () -> nginx.isAlive() && answers(front));
      String kan = "kan.localhost";
      assertThat(get(plain(open), kan, "/a?b=c", "Accept: text/html"))
          .startsWith("HTTP/1.1 308")
          .contains("Location: https://kan.localhost/a?b=c");
      assertThat(get(plain(open), kan, "/api/tracks"))
          .startsWith("HTTP/1.1 403")
          .contains("urn:tonekeep:problem:tls-required");
      assertThat(get(connect(front, "TLSv1.3"), kan, "/", "Accept: text/html"))
          .startsWith("HTTP/1.1 200")
          .containsOnlyOnce("Strict-Transport-Security: max-age=63072000; includeSubDomains");
      assertThat(get(connect(front, "TLSv1.2"), kan, "/metrics")).startsWith("HTTP/1.1 404");
      // A hundred bad keys of one network are told apart by nothing that the visitor writes.
      String answer = "";
      for (int i = 0; i < 120 && !answer.startsWith("HTTP/1.1 429"); i++) {
        answer =
            get(
                connect(front, "TLSv1.3"),
                kan,
                "/api/tracks",
                "Authorization: Bearer guess-" + i,
                "X-Forwarded-For: 203.0.113." + i,
                "X-Forwarded-Proto: http",
                "Forwarded: for=203.0.113." + i,
                "CF-IPCountry: AR");
      }
      assertThat(answer).startsWith("HTTP/1.1 429").contains("Retry-After", "too-many-attempts");
      assertThat(platform.log()).doesNotContain("203.0.113.");
    } finally {
      nginx.destroy();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = plain(port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasNginx() {
    return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx").anyMatch(f -> new File(f).canExecute());
  }

  /** The sample as it is shipped, but for names, ports and certificates. */
  private static Process nginx(int front, int open) throws Exception {
    Path folder = FOLDER.newFolder("nginx").toPath();
    pem(folder.resolve("cert.pem"), "CERTIFICATE", keys().getCertificate("https").getEncoded());
    pem(
        folder.resolve("key.pem"),
        "PRIVATE KEY",
        keys().getKey("https", PASSWORD.toCharArray()).getEncoded());
    String sample =
        Files.readString(platform.home().resolve("etc/proxy/nginx.conf"))
            .replace("music.example.org;", "kan.localhost;")
            .replaceAll("/etc/letsencrypt/live/\\S*/fullchain.pem", folder + "/cert.pem")
            .replaceAll("/etc/letsencrypt/live/\\S*/privkey.pem", folder + "/key.pem")
            .replace("127.0.0.1:8181", "127.0.0.1:" + platform.port())
            .replace("listen 80;", "listen 127.0.0.1:" + open + ";")
            .replace("listen 443 ", "listen 127.0.0.1:" + front + " ")
            .replaceAll("(?m)^ *listen \\[::].*$", "")
            .replace("/var/log/nginx", folder.toString());
    StringBuilder whole = new StringBuilder("daemon off; events {}\n");
    whole.append("pid ").append(folder).append("/pid;\nhttp {\n");
    for (String kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      whole
          .append(kind)
          .append("_temp_path ")
          .append(folder)
          .append('/')
          .append(kind)
          .append(";\n");
    }
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, whole + sample + "}\n");
    return new ProcessBuilder("nginx", "-c", file.toString(), "-e", folder + "/error.log")
        .inheritIO()
        .start();
  }

  private static void pem(Path file, String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
