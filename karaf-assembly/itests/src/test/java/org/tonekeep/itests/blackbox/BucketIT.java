package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/** A tenant whose audio lies in a bucket: upload, play by range, delete. */
public class BucketIT {
  private static final String SECRET = UUID.randomUUID().toString();

  private static Path objects;
  private static S3Proxy server;
  private static Distribution platform;

  @BeforeClass
  public static void boot() throws Exception {
    Path work = Files.createDirectories(Path.of(System.getProperty("tonekeep.work")));
    Path folder = Files.createTempDirectory(work, "s3-");
    objects = Files.createDirectory(folder.resolve("audio"));
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("filesystem-nio2", properties))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, "tonekeep", SECRET)
            .build();
    server.start();
    platform =
        Distribution.unpack()
            .withTenant("cloud", "features = auth, analysis, retention\nstorage.adapter = s3\n")
            .with("TONEKEEP_S3_SECRET", SECRET)
            .edit("org.tonekeep.storage.s3.cfg", BucketIT::toTheServer)
            .start();
  }

  private static String toTheServer(String text) {
    return text.replace("#bucket = ", "bucket = audio")
        .replace("#endpoint = ", "endpoint = http://127.0.0.1:" + server.getPort())
        .replace("#prefix = ", "prefix = tonekeep/")
        .replace("#access.key = ", "access.key = tonekeep")
        // This server answers 501 to the header.
        .replace("#sse = AES256", "sse = none");
  }

  @AfterClass
  public static void close() throws Exception {
    try {
      platform.close();
    } finally {
      server.stop();
    }
  }

  private static List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.walk(objects)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  public void shouldKeepPlayAndDeleteAudioInTheBucket() throws Exception {
    Musician alice = Musician.at(platform, "cloud");
    byte[] small = Tone.wav(5, 440);
    byte[] large = Tone.wav(90, 330);

    String id = alice.uploaded("Small", small).path("id").asText();
    String other = alice.uploaded("Large", large).path("id").asText();
    alice.awaitReady(id);
    alice.awaitReady(other);

    String owner = alice.account();
    assertThat(kept()).isNotEmpty().allMatch(file -> file.toString().contains(owner));
    assertRange(alice, id, small, 1000, 1999);
    assertRange(alice, other, large, large.length - 5000, large.length - 1);
    assertThat(alice.get("/api/peaks/" + id).statusCode()).isEqualTo(200);

    assertThat(alice.delete("/api/tracks/" + id + "?now=true").statusCode()).isEqualTo(204);
    assertThat(alice.delete("/api/tracks/" + other + "?now=true").statusCode()).isEqualTo(204);
    Patience.until("the bucket is empty", () -> kept().isEmpty());
    assertThat(Files.exists(platform.data().resolve("blobs/cloud"))).isFalse();
    assertThat(platform.log()).doesNotContain(SECRET);
  }

  private static void assertRange(Musician alice, String id, byte[] bytes, int first, int last)
      throws Exception {
    JsonNode signed = Musician.json(alice.post("/api/tracks/" + id + "/url", "{}"));
    HttpResponse<byte[]> part =
        alice
            .client()
            .send(
                HttpRequest.newBuilder(platform.address(signed.path("url").asText()))
                    .header("Range", "bytes=" + first + "-" + last)
                    .build(),
                BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
  }

  @Test
  public void shouldAnswerThatFilesCannotBeReachedAndRecover() throws Exception {
    Musician alice = Musician.at(platform, "cloud");
    String id = alice.uploaded("Before", Tone.wav(2, 440)).path("id").asText();
    assertThat(ready()).contains("storage-s3");
    Path away = objects.resolveSibling("away");
    Files.move(objects, away);
    try {
      HttpResponse<String> refused = alice.upload("During", Tone.wav(2, 440));
      assertThat(refused.statusCode()).as(refused.body()).isGreaterThanOrEqualTo(500);
      Patience.until("/readyz says so", () -> ready().contains("NoSuchBucket") || notReady());
    } finally {
      Files.move(away, objects);
    }
    Patience.until("it is ready again", () -> !notReady());
    assertThat(alice.track(id).path("title").asText()).isEqualTo("Before");
    alice.uploaded("After", Tone.wav(2, 440));
  }

  private static HttpResponse<String> readyz() throws IOException, InterruptedException {
    return Musician.stranger(platform, "cloud")
        .client()
        .send(HttpRequest.newBuilder(platform.address("/readyz")).build(), BodyHandlers.ofString());
  }

  private static String ready() throws IOException, InterruptedException {
    return readyz().body();
  }

  private static boolean notReady() throws IOException, InterruptedException {
    return readyz().statusCode() != 200;
  }
}
