package org.tonekeep.uploads.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.uploads.internal.Desk.ALICE;
import static org.tonekeep.uploads.internal.Desk.ANN;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Random;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.testing.kit.TestDatabase;

/** A server that speaks tus, and what its clients say to it. */
@RunWith(Parameterized.class)
public abstract class TusCase {
  static final byte[] SONG = song(100_000);

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  private final TestDatabase.Engine engine;
  Desk desk;
  TusServer server;

  TusCase(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() throws Exception {
    desk = new Desk(engine);
    server = new TusServer(desk);
  }

  @After
  public void close() throws Exception {
    server.close();
    desk.close();
  }

  static byte[] song(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    System.arraycopy("RIFF".getBytes(UTF_8), 0, bytes, 0, 4);
    return bytes;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  HttpRequest.Builder to(String path) {
    return server.request(ALICE, ANN, path);
  }

  HttpResponse<String> create(String... headers) throws IOException {
    HttpRequest.Builder request = to("/api/uploads").POST(BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request);
  }

  String created(int length) throws IOException {
    HttpResponse<String> answer =
        create(
            "Upload-Length",
            String.valueOf(length),
            "Upload-Metadata",
            "filename " + base64("Demo.wav") + ",title " + base64("Für Elise"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return location(answer);
  }

  static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  HttpResponse<String> patch(String path, int from, int to, String... more) throws IOException {
    HttpRequest.Builder request =
        to(path)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", String.valueOf(from))
            .method("PATCH", TusServer.body(SONG, from, to));
    if (more.length > 0) {
      request.headers(more);
    }
    return server.send(request);
  }

  HttpResponse<String> head(String path) throws IOException {
    return server.send(to(path).method("HEAD", BodyPublishers.noBody()));
  }

  static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(code);
    assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
  }

  void assertOffset(String path, int offset) throws IOException {
    HttpResponse<String> answer = head(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Upload-Offset")).isEqualTo(String.valueOf(offset));
  }

  void assertOneTrackOf(byte[] bytes) {
    assertThat(desk.tracks).hasSize(1);
    Track track = desk.tracks.get(0);
    assertThat(desk.original(track)).isEqualTo(bytes);
    assertThat(desk.vault.bytes.keySet()).as("no piece is left").containsExactly(track.original());
    assertThat(desk.quotas.usage(ALICE, ANN.value()).bytes()).as("room set aside").isZero();
    assertThat(desk.quotas.usage(ALICE, ANN.value()).tracks()).isZero();
  }
}
