package org.tonekeep.uploads.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tonekeep.uploads.internal.Desk.ALICE;
import static org.tonekeep.uploads.internal.Desk.ANN;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Random;
import org.junit.Test;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.testing.kit.TestDatabase;

/** What becomes of uploads that break, are removed, or find no room. */
public final class BrokenUploadTest extends TusCase {
  public BrokenUploadTest(TestDatabase.Engine engine) {
    super(engine);
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
