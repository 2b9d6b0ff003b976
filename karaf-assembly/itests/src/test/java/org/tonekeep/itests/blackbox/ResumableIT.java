package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/** Uploads that are broken off, by the client, by the line and by {@code kill -9}. */
public class ResumableIT {
  private static final int MIB = 1 << 20;

  private static Distribution platform;
  private static Musician alice;

  @BeforeClass
  public static void boot() throws Exception {
    platform = Booted.shared();
  }

  @Before
  public void signUp() throws Exception {
    alice = Musician.at(platform, "demo");
  }

  private static String begin(int length) throws Exception {
    HttpResponse<String> answer =
        alice.send(
            alice
                .request("/api/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", String.valueOf(length))
                .header("Upload-Metadata", "filename Tm9pc2Uud2F2")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return header(answer, "Location").substring("/t/demo".length());
  }

  private static HttpResponse<String> send(String path, byte[] all, int from, int to)
      throws Exception {
    return alice.send(
        alice
            .request(path)
            .header("Tus-Resumable", "1.0.0")
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", String.valueOf(from))
            .method("PATCH", BodyPublishers.ofByteArray(all, from, to - from)));
  }

  private static HttpResponse<String> head(String path) throws Exception {
    return alice.send(
        alice
            .request(path)
            .header("Tus-Resumable", "1.0.0")
            .method("HEAD", BodyPublishers.noBody()));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static int offset(String path) throws Exception {
    HttpResponse<String> answer = head(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Integer.parseInt(header(answer, "Upload-Offset"));
  }

  /** A WAV file that does not compress. */
  private static byte[] noise(int seconds) {
    byte[] file = Tone.wav(seconds, 440);
    byte[] head = Arrays.copyOf(file, 44);
    new Random(seconds).nextBytes(file);
    System.arraycopy(head, 0, file, 0, head.length);
    return file;
  }

  @Test
  public void shouldLoseNothingThatWasAcknowledged() throws Exception {
    byte[] song = noise(300);
    String path = begin(song.length);
    assertThat(send(path, song, 0, 3 * MIB).statusCode()).isEqualTo(204);

    // The rest is on its way when the platform is killed.
    PipedOutputStream pipe = new PipedOutputStream();
    PipedInputStream body = new PipedInputStream(pipe, MIB);
    CompletableFuture<HttpResponse<String>> cut =
        alice
            .client()
            .sendAsync(
                alice
                    .request(path)
                    .header("Tus-Resumable", "1.0.0")
                    .header("Content-Type", "application/offset+octet-stream")
                    .header("Upload-Offset", String.valueOf(3 * MIB))
                    .method("PATCH", BodyPublishers.ofInputStream(() -> body))
                    .build(),
                BodyHandlers.ofString());
    pipe.write(song, 3 * MIB, 40 * MIB);
    pipe.flush();
    Patience.until("two pieces are kept", () -> listed().path("offset").asInt() >= 35 * MIB);
    assertThat(listed().path("length").asInt()).isEqualTo(song.length);
    platform.killHard();
    pipe.close();
    assertThat(cut.handle((answer, failure) -> failure != null).get()).isTrue();
    platform.start();

    int kept = offset(path);
    assertThat(kept).isBetween(35 * MIB, 43 * MIB);
    HttpResponse<String> last = send(path, song, kept, song.length);
    assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
    String track = header(last, "Upload-Track");
    assertThat(alice.track(track).path("sha256").asText()).isEqualTo(Corpus.sha256(song));
    assertThat(alice.track(track).path("title").asText()).isEqualTo("Noise");
    assertThat(header(head(path), "Upload-Track")).isEqualTo(track);
    JsonNode usage = Musician.json(alice.get("/api/uploads")).path("usage");
    assertThat(usage.path("bytes").asInt()).isEqualTo(song.length);
    assertThat(usage.path("tracks").asInt()).isEqualTo(1);
    assertThat(usage.path("maxBytes").isNull()).isTrue();
  }

  private static JsonNode listed() throws Exception {
    return Musician.json(alice.get("/api/uploads")).path("items").path(0);
  }

  @Test
  public void shouldFinishWhatWasKilledBetweenTheLastByteAndTheTrack() throws Exception {
    byte[] song = noise(400);
    String path = begin(song.length);
    assertThat(send(path, song, 0, song.length - 1).statusCode()).isEqualTo(204);
    CompletableFuture<HttpResponse<String>> last =
        alice
            .client()
            .sendAsync(
                alice
                    .request(path)
                    .header("Tus-Resumable", "1.0.0")
                    .header("Content-Type", "application/offset+octet-stream")
                    .header("Upload-Offset", String.valueOf(song.length - 1))
                    .method("PATCH", BodyPublishers.ofByteArray(song, song.length - 1, 1))
                    .build(),
                BodyHandlers.ofString());
    Patience.until(
        "the last byte is kept",
        () -> last.isDone() || listed().path("offset").asInt() == song.length);
    platform.killHard();
    platform.start();

    HttpResponse<String> stands = head(path);
    assertThat(header(stands, "Upload-Offset")).isEqualTo(String.valueOf(song.length));
    String track = header(stands, "Upload-Track");
    assertThat(alice.list("")).containsExactly(track);
    assertThat(alice.track(track).path("sha256").asText()).isEqualTo(Corpus.sha256(song));
  }

  @Test
  public void shouldRefuseWithFiguresWhatThereIsNoRoomFor() throws Exception {
    byte[] song = Tone.wav(10, 440);
    Files.writeString(
        platform.data().resolve("tenants/org.tonekeep.tenant~narrow.cfg"),
        "title = Narrow\nhosts =\nfeatures = auth, uploads, retention\nquota.accountBytes = 2MiB\n");
    Patience.until(
        "the tenant is there",
        () -> Musician.stranger(platform, "narrow").get("/api/tracks").statusCode() == 401);
    Musician nina = Musician.at(platform, "narrow");
    JsonNode track = nina.uploaded("One", song);

    HttpResponse<String> refused = nina.upload("Two", song);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
    JsonNode problem = Musician.json(refused);
    assertThat(problem.path("type").asText()).isEqualTo("urn:tonekeep:problem:quota-exceeded");
    assertThat(problem.path("used").asInt()).isEqualTo(song.length);
    assertThat(problem.path("limit").asInt()).isEqualTo(2 * MIB);
    assertThat(nina.list("")).hasSize(1);
    String id = track.path("id").asText();
    assertThat(nina.delete("/api/tracks/" + id + "?now=true").statusCode()).isEqualTo(204);
    JsonNode again = nina.uploaded("Two", song);
    assertThat(again.path("id").asText()).isNotEqualTo(id);
  }

  @Test
  public void shouldListenToNoMethodInAHeader() throws Exception {
    String path = begin(100);
    HttpResponse<String> answer =
        alice.send(
            alice
                .request(path)
                .header("X-HTTP-Method-Override", "DELETE")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(405);
    assertThat(offset(path)).isZero();
  }

  @Test
  public void shouldKeepTemporaryFilesInOnePrivateFolderThatIsSweptAtTheStart() throws Exception {
    Path folders = platform.data().resolve("tmp");
    Path own = only(folders);
    assertThat(own.getFileName().toString()).endsWith("-" + platform.pid());
    for (Path folder : List.of(folders, own)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
    assertThat(Files.readString(Path.of("/proc/" + platform.pid() + "/cmdline")))
        .contains("-Djava.io.tmpdir=" + own);
    JsonNode track = alice.uploaded("Aac", Corpus.bytes("tone-aac.m4a"));
    JsonNode ready = alice.awaitReady(track.path("id").asText());
    assertThat(ready.path("state").asText()).isEqualTo("ready");
    Files.writeString(own.resolve("left"), "music");

    platform.killHard();
    platform.start();

    assertThat(only(folders)).isNotEqualTo(own);
    assertThat(own).doesNotExist();
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all = entries.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Test
  public void shouldAnswerProblemsToWhoIsNotSignedIn() throws IOException, InterruptedException {
    Musician nobody = Musician.stranger(platform, "demo");
    HttpResponse<String> refused =
        nobody.send(
            nobody
                .request("/api/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "10")
                .POST(BodyPublishers.noBody()));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(
            nobody
                .send(nobody.request("/api/uploads").method("OPTIONS", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(204);
  }
}
