package org.tonekeep.uploads.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.uploads.internal.Desk.ALICE;
import static org.tonekeep.uploads.internal.Desk.ANN;
import static org.tonekeep.uploads.internal.Desk.BEN;
import static org.tonekeep.uploads.internal.Desk.BOB;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.Quotas.Usage;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;

/** The protocol on the wire. */
public final class TusTest extends TusCase {
  public TusTest(TestDatabase.Engine engine) {
    super(engine);
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
}
