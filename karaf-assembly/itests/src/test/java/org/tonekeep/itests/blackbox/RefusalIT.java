package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/** What is refused says why, and leaves nothing behind. */
public class RefusalIT {
  private static Distribution platform;

  @BeforeClass
  public static void boot() throws Exception {
    platform = Booted.shared();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = Musician.json(answer);
    assertThat(problem.path("type").asText()).isEqualTo("urn:tonekeep:problem:" + code);
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
  }

  @Test
  public void shouldTellTheWrongPasswordFromNothing() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    Musician visitor = Musician.stranger(platform, "demo");

    HttpResponse<String> wrong = visitor.signIn(alice.email(), "not her phrase");
    HttpResponse<String> nobody = visitor.signIn("nobody@example.org", "not her phrase");

    assertProblem(wrong, 401, "bad-credentials");
    assertProblem(nobody, 401, "bad-credentials");
    assertThat(Musician.json(wrong).path("detail")).isEqualTo(Musician.json(nobody).path("detail"));
    assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(visitor.signIn(alice.email(), Musician.PASSWORD).statusCode()).isEqualTo(200);
    assertThat(visitor.get("/api/account").statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldRefuseAStranger() throws Exception {
    Musician stranger = Musician.stranger(platform, "demo");

    for (String path : List.of("/api/tracks", "/api/account", "/api/jobs", "/api/auth/sessions")) {
      assertThat(stranger.get(path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(stranger.upload("x", Corpus.bytes("tone.mp3")).statusCode()).isEqualTo(401);
    Musician alice = Musician.at(platform, "demo");
    assertThat(alice.post("/api/auth/logout", "").statusCode()).isEqualTo(204);
    assertThat(alice.get("/api/tracks").statusCode()).as("after signing out").isEqualTo(401);
  }

  @Test
  public void shouldRefuseWhatIsNoAudioWhateverItIsCalled() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    Map<String, byte[]> disguised =
        Map.of(
            "page.mp3",
                "<!DOCTYPE html><html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
            "words.wav",
                "Just some words, many of them.\n".repeat(50).getBytes(StandardCharsets.UTF_8),
            "archive.flac", zip(),
            "picture.ogg", png());

    for (Map.Entry<String, byte[]> file : disguised.entrySet()) {
      assertProblem(alice.upload(file.getKey(), file.getValue()), 415, "unsupported-audio");
      Map<String, String> form = new java.util.HashMap<>();
      form.put("file", null);
      assertProblem(
          alice.uploadForm(form, file.getKey(), file.getValue()), 415, "unsupported-audio");
    }
    assertNothingOf(alice);
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("tone.mp3"));
      zip.write(Corpus.bytes("tone.mp3"));
    }
    return out.toByteArray();
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  @Test
  public void shouldRefuseAnEmptyUpload() throws Exception {
    Musician alice = Musician.at(platform, "demo");

    HttpResponse<String> empty = alice.upload("empty", new byte[0]);
    HttpResponse<String> noFile = alice.uploadForm(Map.of("title", "No file"), "", new byte[0]);

    assertThat(empty.statusCode()).as(empty.body()).isBetween(400, 422);
    assertThat(Musician.json(empty).path("detail").asText()).isNotEmpty();
    assertProblem(noFile, 422, "invalid");
    assertNothingOf(alice);
  }

  @Test
  public void shouldRefuseWhatIsLargerThanTheTenantTakesUntilItsFileSaysOtherwise()
      throws Exception {
    String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    write(tenant, "64KiB");
    Patience.until("the tenant is there", () -> isThere(tenant));
    Musician alice = Musician.at(platform, tenant);
    byte[] sound = Tone.wav(1, 440);

    assertProblem(alice.upload("big", sound), 413, "too-large");
    Map<String, String> form = new java.util.HashMap<>();
    form.put("file", null);
    assertProblem(alice.uploadForm(form, "big.wav", sound), 413, "too-large");
    assertNothingOf(alice);

    long edited = System.nanoTime();
    write(tenant, "1MiB");
    Patience.until("the new limit acts", () -> alice.upload("big", sound).statusCode() == 201);
    assertThat(Duration.ofNanos(System.nanoTime() - edited))
        .as("a change of a tenant's file acts")
        .isLessThan(Duration.ofSeconds(5));
  }

  private static boolean isThere(String tenant) throws Exception {
    return Musician.stranger(platform, tenant).get("/api/tracks").statusCode() == 401;
  }

  private static void write(String tenant, String limit) throws IOException {
    Files.writeString(
        platform.data().resolve("tenants/org.tonekeep.tenant~" + tenant + ".cfg"),
        "title = Small\nhosts =\nfeatures = auth, profile, analysis, retention\n"
            + "decoder.confinement = best-effort\nupload.maxBytes = "
            + limit
            + "\n");
  }

  @Test
  public void shouldLeaveNothingOfAnUploadThatWasCancelled() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    byte[] sound = Tone.wav(20, 440);
    Path incoming = platform.data().resolve("blobs/.incoming");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
      String head =
          "POST /t/demo/api/tracks?title=half HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: "
              + alice.cookie()
              + "\r\nContent-Type: audio/wav\r\nContent-Length: "
              + sound.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(sound, 0, sound.length / 2);
      socket.getOutputStream().flush();
      Patience.until("half of it is on the disk", () -> bytesIn(incoming) > sound.length / 3);
    }

    Patience.until("nothing of it is on the disk", () -> bytesIn(incoming) == 0);
    assertNothingOf(alice);
  }

  private static long bytesIn(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        sum += Files.size(file);
      }
    } catch (NoSuchFileException | java.io.UncheckedIOException movedMeanwhile) {
      return -1;
    }
    return sum;
  }

  /** No track, no job, no byte. */
  private static void assertNothingOf(Musician musician) throws Exception {
    assertThat(musician.list("")).isEmpty();
    assertThat(musician.list("?trash=true")).isEmpty();
    assertThat(Musician.json(musician.get("/api/jobs")).path("items")).isEmpty();
    String account = musician.account();
    try (Stream<Path> files = Files.walk(platform.data().resolve("blobs"))) {
      assertThat(files.filter(f -> f.toString().contains(account)).filter(Files::isRegularFile))
          .isEmpty();
    }
  }
}
