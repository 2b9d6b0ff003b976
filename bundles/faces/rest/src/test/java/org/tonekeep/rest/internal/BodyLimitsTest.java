package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

public class BodyLimitsTest {
  @ClassRule public static final Face FACE = new Face();
  private static final int LIMIT = 1 << 20;
  private static boolean published;

  @Before
  public void publish() {
    if (!published) {
      FACE.publish("/api/echo", "", false, new EchoResource());
      FACE.publish("/api/stream", "", true, new EchoResource());
      published = true;
    }
  }

  private static BodyPublisher chunked(byte[] body) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
  }

  private static byte[] json(int size) {
    byte[] body = new byte[size];
    java.util.Arrays.fill(body, (byte) 'x');
    byte[] start = "{\"text\":\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, body, 0, start.length);
    body[size - 2] = '"';
    body[size - 1] = '}';
    return body;
  }

  private static HttpResponse<String> send(String method, String path, BodyPublisher body) {
    return FACE.send(
        FACE.to(Face.ALICE, path)
            .setHeader("Content-Type", "application/json")
            .method(method, body));
  }

  @Test
  public void shouldTakeABodyOfExactlyTheLimit() {
    byte[] body = json(LIMIT);
    assertThat(send("POST", "/api/echo", BodyPublishers.ofByteArray(body)).statusCode())
        .isEqualTo(200);
    assertThat(send("POST", "/api/echo", chunked(body)).statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldRefuseALongerOneDeclaredChunkedOrReadAsText() {
    byte[] body = json(LIMIT + 1);
    for (String[] each :
        new String[][] {
          {"POST", "/api/echo"}, {"PUT", "/api/echo/bytes"}, {"PUT", "/api/echo/lines"}
        }) {
      for (BodyPublisher publisher :
          new BodyPublisher[] {BodyPublishers.ofByteArray(body), chunked(body)}) {
        HttpResponse<String> answer = send(each[0], each[1], publisher);
        assertThat(answer.statusCode())
            .as(each[1] + answer.body() + answer.headers())
            .isEqualTo(413);
        assertThat(answer.body()).contains("urn:tonekeep:problem:too-large");
      }
    }
  }

  @Test
  public void shouldLeaveTheLimitToAStreamingResource() {
    byte[] body = new byte[5 * LIMIT];
    assertThat(send("PUT", "/api/stream/bytes", chunked(body)).body())
        .contains("\"" + body.length + "\"");
  }

  @Test
  public void shouldLimitDoors() {
    FACE.open(
        "/door",
        "",
        false,
        (who, path, request, response) ->
            response.getWriter().print(request.getInputStream().readAllBytes().length));
    assertThat(send("POST", "/door", chunked(new byte[LIMIT])).body()).isEqualTo("" + LIMIT);
    assertThat(send("POST", "/door", chunked(new byte[LIMIT + 1])).statusCode()).isEqualTo(413);
    assertThat(send("POST", "/door", BodyPublishers.ofByteArray(new byte[LIMIT + 1])).statusCode())
        .isEqualTo(413);
  }

  @Test
  public void shouldNotKeepOnDiskWhatAResourceDidNotRead() throws IOException {
    // CXF's copy of unread bodies goes into a folder of its own below java.io.tmpdir.
    HttpResponse<String> answer = send("PUT", "/api/stream/unread", chunked(new byte[3 * LIMIT]));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Connection")).hasValue("close");
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files.map(f -> f.getFileName().toString())).noneMatch(n -> n.startsWith("cxf-"));
    }
  }

  private static String rawPost(String length, String body) throws IOException {
    String head = "POST /api/echo HTTP/1.1 | Host: alice.test | Content-Type: application/json | ";
    return FACE.raw(
        (head + length + " | Connection: close | ").replace(" | ", "\r\n") + "\r\n" + body);
  }

  @Test
  public void shouldNotAskAWaitingPeerForABodyThatIsRefused() throws IOException {
    String head =
        "PUT /api/stream/%s HTTP/1.1 | Host: alice.test | Content-Type: application/octet-stream"
            + " | Content-Length: 3 | Expect: 100-continue | Connection: close | ";
    String refused = FACE.raw(String.format(head, "unread").replace(" | ", "\r\n") + "\r\n");
    assertThat(refused).startsWith("HTTP/1.1 404 ").doesNotContain("100 Continue");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), FACE.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      out.write(
          (String.format(head, "bytes").replace(" | ", "\r\n") + "\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(in.readLine()).as("one that is wanted").isEqualTo("HTTP/1.1 100 Continue");
      out.write("abc".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(in.lines()).anyMatch(line -> line.startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  public void shouldCallABrokenBodyBroken() throws IOException {
    assertThat(rawPost("Transfer-Encoding: chunked", "5\r\n{\"a\":\r\nxyz\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("urn:tonekeep:problem:broken-body");
  }

  @Test
  public void shouldRefuseTwoWaysToSayALength() throws IOException {
    String answer = rawPost("Content-Length: 2 | Transfer-Encoding: chunked", "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(answer.split("HTTP/1.1 ")).hasSize(2);
  }
}
