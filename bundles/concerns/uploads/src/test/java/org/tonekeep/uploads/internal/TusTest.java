package org.tonekeep.uploads.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.uploads.internal.Desk.ALICE;
import static org.tonekeep.uploads.internal.Desk.ANN;
import static org.tonekeep.uploads.internal.Desk.BEN;
import static org.tonekeep.uploads.internal.Desk.BOB;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.Quotas.Usage;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;

/** The protocol on the wire. */
@RunWith(Parameterized.class)
public final class TusTest {
  private static final byte[] SONG = song(100_000);

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  private final TestDatabase.Engine engine;
  private Desk desk;
  private TusServer server;

  public TusTest(TestDatabase.Engine engine) {
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

  private static byte[] song(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    System.arraycopy("RIFF".getBytes(UTF_8), 0, bytes, 0, 4);
    return bytes;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private HttpRequest.Builder to(String path) {
    return server.request(ALICE, ANN, path);
  }

  private HttpResponse<String> create(String... headers) throws IOException {
    HttpRequest.Builder request = to("/api/uploads").POST(BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request);
  }

  private String created(int length) throws IOException {
    HttpResponse<String> answer =
        create(
            "Upload-Length",
            String.valueOf(length),
            "Upload-Metadata",
            "filename " + base64("Demo.wav") + ",title " + base64("Für Elise"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return location(answer);
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> patch(String path, int from, int to, String... more)
      throws IOException {
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

  private HttpResponse<String> head(String path) throws IOException {
    return server.send(to(path).method("HEAD", BodyPublishers.noBody()));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(code);
    assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
  }

  private void assertOffset(String path, int offset) throws IOException {
    HttpResponse<String> answer = head(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Upload-Offset")).isEqualTo(String.valueOf(offset));
  }

  private void assertOneTrackOf(byte[] bytes) {
    assertThat(desk.tracks).hasSize(1);
    Track track = desk.tracks.get(0);
    assertThat(desk.original(track)).isEqualTo(bytes);
    assertThat(desk.vault.bytes.keySet()).as("no piece is left").containsExactly(track.original());
    assertThat(desk.quotas.usage(ALICE, ANN.value()).bytes()).as("room set aside").isZero();
    assertThat(desk.quotas.usage(ALICE, ANN.value()).tracks()).isZero();
  }

  @Test
  public void shouldSayWhatItCan() throws IOException {
    HttpResponse<String> answer =
        server.send(to("/api/uploads").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
    assertThat(header(answer, "Tus-Max-Size")).isEqualTo("200000");
    assertThat(header(answer, "Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256");
    assertThat(header(answer, "Tus-Extension").split(",", -1))
        .contains("creation", "creation-with-upload", "expiration", "checksum", "termination");
  }

  @Test
  public void shouldMakeATrackOfAnUploadInSeveralRequests() throws IOException {
    String path = created(SONG.length);
    assertThat(path).startsWith("/t/alice/api/uploads/");
    assertThat(desk.quotas.usage(ALICE, ANN.value()))
        .isEqualTo(new Usage(SONG.length, Usage.UNLIMITED, 1, Usage.UNLIMITED));
    HttpResponse<String> first = patch(path, 0, 30_000);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(204);
    assertThat(header(first, "Upload-Offset")).isEqualTo("30000");
    assertThat(header(first, "Upload-Expires")).isEqualTo("Mon, 02 Nov 2026 12:00:00 GMT");
    assertThat(header(first, "Tus-Resumable")).isEqualTo("1.0.0");
    HttpResponse<String> head = head(path);
    assertThat(header(head, "Upload-Offset")).isEqualTo("30000");
    assertThat(header(head, "Upload-Length")).isEqualTo("100000");
    assertThat(header(head, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(head, "Upload-Metadata"))
        .isEqualTo("filename " + base64("Demo.wav") + ",title " + base64("Für Elise"));
    assertThat(header(head, "Upload-Track")).isEmpty();
    assertThat(patch(path, 30_000, 30_001).statusCode()).isEqualTo(204);
    HttpResponse<String> last = patch(path, 30_001, SONG.length);
    assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
    assertOneTrackOf(SONG);
    Track track = desk.tracks.get(0);
    assertThat(track.title()).isEqualTo("Für Elise");
    assertThat(header(last, "Upload-Track")).isEqualTo(track.id().value());
    assertThat(header(head(path), "Upload-Track")).isEqualTo(track.id().value());
    assertThat(header(head(path), "Upload-Offset")).isEqualTo("100000");
    HttpResponse<String> again = patch(path, SONG.length, SONG.length);
    assertThat(again.statusCode()).isEqualTo(204);
    assertThat(header(again, "Upload-Track")).isEqualTo(track.id().value());
    assertThat(desk.audit.actions(ALICE)).containsExactly("upload.begin");
  }

  @Test
  public void shouldTakeTheFirstBytesWithTheCreation() throws IOException {
    HttpResponse<String> part =
        server.send(
            to("/api/uploads")
                .header("Upload-Length", "100000")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(TusServer.body(SONG, 0, 4_000)));
    assertThat(part.statusCode()).as(part.body()).isEqualTo(201);
    assertThat(header(part, "Upload-Offset")).isEqualTo("4000");
    assertOffset(location(part), 4_000);
    assertThat(patch(location(part), 4_000, SONG.length).statusCode()).isEqualTo(204);
    assertOneTrackOf(SONG);
    HttpResponse<String> whole =
        server.send(
            to("/api/uploads")
                .header("Upload-Length", "100000")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(TusServer.body(SONG, 0, SONG.length)));
    assertThat(header(whole, "Upload-Track")).isEqualTo(desk.tracks.get(1).id().value());
    HttpResponse<String> other =
        server.send(
            to("/api/uploads")
                .header("Upload-Length", "100000")
                .header("Content-Type", "audio/wav")
                .POST(TusServer.body(SONG, 0, 4_000)));
    assertProblem(other, 415, "unsupported-media-type");
  }

  @Test
  public void shouldRefuseOtherVersionsOfTheProtocol() throws IOException {
    String path = created(10);
    for (String version : List.of("0.2.2", "1.0.1", "")) {
      HttpResponse<String> answer =
          server.send(
              to(path).setHeader("Tus-Resumable", version).method("HEAD", BodyPublishers.noBody()));
      assertThat(answer.statusCode()).isEqualTo(412);
      assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
    }
  }

  @Test
  public void shouldRefuseRequestsThatAreNotTus() throws IOException {
    assertProblem(create(), 400, "bad-upload-header");
    assertProblem(create("Upload-Length", "-1"), 400, "bad-upload-header");
    assertProblem(create("Upload-Length", "1e3"), 400, "bad-upload-header");
    assertProblem(
        create("Upload-Length", "10", "Upload-Defer-Length", "1"), 400, "bad-upload-header");
    assertProblem(create("Upload-Defer-Length", "2"), 400, "bad-upload-header");
    assertThat(create("Upload-Length", "200001").statusCode()).isEqualTo(413);
    assertThat(create("Upload-Length", "0").statusCode()).isEqualTo(415);
    for (String wrong : List.of("title !!!", "a b c", "title eA==,title eA==", ",")) {
      assertProblem(
          create("Upload-Length", "10", "Upload-Metadata", wrong), 400, "malformed-metadata");
    }
    assertProblem(
        create("Upload-Length", "9", "Upload-Metadata", "title " + base64("x".repeat(301))),
        422,
        "invalid");
    String path = created(10);
    assertProblem(
        server.send(
            to(path).header("Upload-Offset", "0").method("PATCH", TusServer.body(SONG, 0, 5))),
        415,
        "unsupported-media-type");
    assertProblem(
        server.send(
            to(path)
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", TusServer.body(SONG, 0, 5))),
        400,
        "bad-upload-header");
    HttpResponse<String> conflict = patch(path, 5, 6);
    assertProblem(conflict, 409, "offset-conflict");
    assertThat(header(conflict, "Upload-Offset")).isEqualTo("0");
    assertProblem(patch(path, 0, 11), 413, "upload-too-long");
    assertOffset(path, 0);
  }

  @Test
  public void shouldNotListenToAnotherMethodInAHeader() throws IOException {
    String path = created(10);
    HttpResponse<String> answer =
        server.send(
            to(path)
                .header("X-HTTP-Method-Override", "DELETE")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertOffset(path, 0);
  }

  @Test
  public void shouldKeepSomebodyElsesUploadsUnknown() throws IOException {
    String path = created(10);
    String none = path.substring(0, path.length() - 36) + "01890000-0000-7000-8000-00000000ffff";
    for (Map.Entry<TenantId, AccountId> stranger :
        List.of(Map.entry(ALICE, BEN), Map.entry(BOB, ANN))) {
      for (String method : List.of("HEAD", "PATCH", "DELETE")) {
        HttpResponse<String> theirs = asked(stranger, method, path);
        HttpResponse<String> absent = asked(stranger, method, none);
        assertThat(theirs.statusCode()).as(method).isEqualTo(404);
        assertThat(theirs.body()).isEqualTo(absent.body());
        assertThat(theirs.headers().map().keySet()).isEqualTo(absent.headers().map().keySet());
      }
      assertThat(desk.uploads.list(stranger.getKey(), stranger.getValue(), "", 10)).isEmpty();
    }
    assertOffset(path, 0);
    assertThat(head("/api/uploads/..").statusCode()).isIn(404, 405);
  }

  private HttpResponse<String> asked(Map.Entry<TenantId, AccountId> who, String method, String path)
      throws IOException {
    return server.send(
        server
            .request(who.getKey(), who.getValue(), path)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", "0")
            .method(
                method,
                method.equals("PATCH") ? TusServer.body(SONG, 0, 5) : BodyPublishers.noBody()));
  }

  @Test
  public void shouldLearnTheLengthLater() throws IOException {
    String path = location(create("Upload-Defer-Length", "1"));
    assertThat(header(head(path), "Upload-Defer-Length")).isEqualTo("1");
    assertThat(patch(path, 0, 1_000).statusCode()).isEqualTo(204);
    assertThat(desk.quotas.usage(ALICE, ANN.value()).bytes()).isEqualTo(1_000);
    assertProblem(patch(path, 1_000, 1_000, "Upload-Length", "999"), 400, "bad-upload-length");
    assertThat(patch(path, 1_000, 2_000, "Upload-Length", "100000").statusCode()).isEqualTo(204);
    assertThat(desk.quotas.usage(ALICE, ANN.value()).bytes()).isEqualTo(100_000);
    assertThat(header(head(path), "Upload-Length")).isEqualTo("100000");
    assertProblem(patch(path, 2_000, 2_000, "Upload-Length", "99999"), 400, "bad-upload-length");
    assertThat(patch(path, 2_000, SONG.length).statusCode()).isEqualTo(204);
    assertOneTrackOf(SONG);
  }

  @Test
  public void shouldNotTakeMoreThanItAnnouncedOrMayBe() throws IOException {
    String path = created(1_000);
    HttpResponse<String> chunked =
        server.send(
            to(path)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method(
                    "PATCH", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(SONG))));
    assertProblem(chunked, 413, "upload-too-long");
    byte[] large = song(200_001);
    String deferred = location(create("Upload-Defer-Length", "1"));
    HttpResponse<String> over =
        server.send(
            to(deferred)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", TusServer.body(large, 0, large.length)));
    assertThat(over.statusCode()).isEqualTo(413);
    assertOffset(deferred, 200_000);
  }

  @Test
  public void shouldKeepARequestOnlyWhenItsChecksumIsRight() throws Exception {
    String path = created(SONG.length);
    byte[] part = Arrays.copyOf(SONG, 50_000);
    String sha1 =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(part));
    assertProblem(
        patch(path, 0, 50_001, "Upload-Checksum", "sha1 " + sha1), 460, "checksum-mismatch");
    assertOffset(path, 0);
    assertThat(desk.vault.bytes).isEmpty();
    assertThat(patch(path, 0, 50_000, "Upload-Checksum", "sha1 " + sha1).statusCode())
        .isEqualTo(204);
    String sha256 =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(Arrays.copyOfRange(SONG, 50_000, SONG.length)));
    for (String wrong : List.of("md5 " + sha1, "sha1", "sha1 !", "sha1 " + sha256, "sha256 eA==")) {
      assertProblem(
          patch(path, 50_000, SONG.length, "Upload-Checksum", wrong), 400, "bad-checksum");
    }
    assertOffset(path, 50_000);
    assertThat(patch(path, 50_000, SONG.length, "Upload-Checksum", "sha256 " + sha256).statusCode())
        .isEqualTo(204);
    assertOneTrackOf(SONG);
  }

  @Test
  public void shouldKeepWhatCameBeforeAConnectionBroke() throws IOException {
    String path = created(SONG.length);
    try (Socket socket =
        server.begin(ALICE, ANN, path, 0, SONG.length, Arrays.copyOf(SONG, 61_234))) {
      assertThat(socket.isConnected()).isTrue();
    }
    await().until(() -> header(head(path), "Upload-Offset").equals("61234"));
    assertThat(patch(path, 61_234, SONG.length).statusCode()).isEqualTo(204);
    assertOneTrackOf(SONG);
  }

  @Test
  public void shouldTakeOverFromADeadConnection() throws IOException {
    String path = created(SONG.length);
    try (Socket hangs =
        server.begin(ALICE, ANN, path, 0, SONG.length, Arrays.copyOf(SONG, 40_000))) {
      await().until(() -> desk.turns.takeFree(ALICE, path.substring(path.length() - 36)).isEmpty());
      await().until(() -> offsetOf(path) == 40_000);
      assertThat(patch(path, 40_000, SONG.length).statusCode()).isEqualTo(204);
      assertThat(hangs.isClosed()).isFalse();
    }
    assertOneTrackOf(SONG);
  }

  private int offsetOf(String path) throws IOException {
    return Integer.parseInt(header(head(path), "Upload-Offset"));
  }

  @Test
  public void shouldSurviveCutsAtAnyPlace() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 10; round++) {
      String path = created(SONG.length);
      int at = 0;
      int sent = 0;
      while (at < SONG.length) {
        int until = Math.min(SONG.length, at + 1 + random.nextInt(40_000));
        sent = Math.max(sent, until);
        byte[] some = Arrays.copyOfRange(SONG, at, until);
        try (Socket cut = server.begin(ALICE, ANN, path, at, SONG.length - at, some)) {
          if (random.nextBoolean()) {
            cut.setSoLinger(true, 0); // a reset in the place of an end
          }
        }
        int before = at;
        at = offsetOf(path);
        assertThat(at).isBetween(before, sent);
      }
    }
    await().until(() -> desk.tracks.size() == 10);
    for (Track track : desk.tracks) {
      assertThat(desk.original(track)).isEqualTo(SONG);
    }
  }

  @Test
  public void shouldForgetWhatItsOwnerRemoves() throws IOException {
    String path = created(SONG.length);
    assertThat(patch(path, 0, 500).statusCode()).isEqualTo(204);
    assertThat(server.send(to(path).DELETE()).statusCode()).isEqualTo(204);
    assertThat(head(path).statusCode()).isEqualTo(404);
    assertProblem(patch(path, 500, 600), 404, "not-found");
    assertThat(server.send(to(path).DELETE()).statusCode()).isEqualTo(404);
    assertThat(desk.vault.bytes).isEmpty();
    assertThat(desk.quotas.usage(ALICE, ANN.value()).bytes()).isZero();
    assertThat(desk.audit.actions(ALICE)).containsExactly("upload.begin", "upload.remove");
  }

  @Test
  public void shouldRefuseWhatIsNoAudioAndKeepNothingOfIt() throws IOException {
    String path = created(1_000);
    HttpResponse<String> answer =
        server.send(
            to(path)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", TusServer.body(SONG, 10, 1_010)));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(head(path).statusCode()).isEqualTo(404);
    assertThat(desk.vault.bytes).isEmpty();
    assertThat(desk.quotas.usage(ALICE, ANN.value()).tracks()).isZero();
  }

  @Test
  public void shouldFinishAtTheNextQuestionWhatCouldNotBeFinished() throws IOException {
    String path = created(SONG.length);
    desk.vault.away = true;
    assertThat(patch(path, 0, SONG.length).statusCode()).isEqualTo(500);
    HttpResponse<String> early = head(path);
    assertThat(early.statusCode()).as("not told as done").isEqualTo(423);
    desk.vault.away = false;
    HttpResponse<String> done = head(path);
    assertThat(header(done, "Upload-Offset")).isEqualTo("100000");
    assertThat(header(done, "Upload-Track")).isNotEmpty();
    assertOneTrackOf(SONG);
  }

  @Test
  public void shouldRefuseWhatThereIsNoRoomFor() throws IOException {
    desk.quotas.limit(150_000, 2);
    String first = created(SONG.length);
    assertThat(create("Upload-Length", "50001").statusCode()).isEqualTo(507);
    String deferred = location(create("Upload-Defer-Length", "1"));
    assertThat(patch(deferred, 0, 50_001).statusCode()).isEqualTo(507);
    assertThat(create("Upload-Length", "1").statusCode()).as("a third").isEqualTo(507);
    assertThat(patch(first, 0, SONG.length).statusCode()).isEqualTo(204);
    assertThat(desk.tracks).hasSize(1);
  }
}
