package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** An operator moves a tenant from files to a bucket while it is in use. */
public class MovedBlobsIT {
  private static final String SECRET = UUID.randomUUID().toString();
  private static final String TENANT = "mover";

  private static Path objects;
  private static S3Proxy server;
  private static Distribution platform;

  @BeforeClass
  public static void boot() throws Exception {
    Path work = Files.createDirectories(Path.of(System.getProperty("tonekeep.work")));
    Path folder = Files.createTempDirectory(work, "move-");
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
            .withTenant(TENANT, "features = auth, analysis, retention\nstorage.adapter = fs\n")
            .with("TONEKEEP_S3_SECRET", SECRET)
            .edit("org.tonekeep.storage.s3.cfg", MovedBlobsIT::toTheServer)
            .edit(
                "org.tonekeep.vault.migration.cfg",
                text -> text.replace("#keepOldMinutes = 60", "keepOldMinutes = 1"))
            .launch("run")
            .awaitReady();
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

  private static long files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  public void shouldMoveATenantFromFilesToABucketWhileItIsInUse() throws Exception {
    Musician alice = Musician.at(platform, TENANT);
    byte[] tone = Tone.wav(20, 440);
    List<String> tracks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tracks.add(alice.uploaded("Track-" + i, tone).path("id").asText());
    }
    for (String track : tracks) {
      alice.awaitReady(track);
    }
    Path blobs = platform.data().resolve("blobs").resolve(TENANT);
    long before = files(blobs);
    assertThat(before).isPositive();
    String address = address(alice, tracks.get(0));

    Path file = platform.data().resolve("tenants/org.tonekeep.tenant~" + TENANT + ".cfg");
    Files.writeString(
        file, Files.readString(file).replace("storage.adapter = fs", "storage.adapter = s3"));
    Patience.until(
        "/readyz names what needs the old adapter",
        () -> readyz().contains("blobs of " + TENANT + " still need adapter 'fs'"));
    platform.type("tonekeep:blob-migrate -t " + TENANT + "\n");
    Patience.until("all blobs have moved", () -> files(objects) >= before);
    Patience.until("/readyz names none", () -> !readyz().contains("still need adapter"));

    assertThat(range(address)).as("an address of before").isEqualTo(part(tone));
    assertThat(range(address(alice, tracks.get(1)))).isEqualTo(part(tone));
    platform.type("tonekeep:blob-check -t " + TENANT + "\n");
    Patience.until(
        "the check says so",
        () -> platform.output().contains("All is as it was stored. " + before + " blobs"));
    Patience.until("the old copies are gone", () -> files(blobs) == 0);
    assertThat(range(address(alice, tracks.get(2)))).isEqualTo(part(tone));

    String fresh = alice.uploaded("Fresh", tone).path("id").asText();
    alice.awaitReady(fresh);
    assertThat(files(blobs)).isZero();
    assertThat(alice.delete("/api/tracks/" + fresh + "?now=true").statusCode()).isEqualTo(204);
  }

  private static String address(Musician alice, String track) throws Exception {
    return Musician.json(alice.post("/api/tracks/" + track + "/url", "{}")).path("url").asText();
  }

  private static byte[] part(byte[] tone) {
    return Arrays.copyOfRange(tone, 100_000, 200_000);
  }

  private static byte[] range(String address) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        Musician.stranger(platform, TENANT)
            .client()
            .send(
                HttpRequest.newBuilder(platform.address(address))
                    .header("Range", "bytes=100000-199999")
                    .build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(206);
    return answer.body();
  }

  private static String readyz() throws IOException, InterruptedException {
    return Musician.stranger(platform, TENANT)
        .client()
        .send(HttpRequest.newBuilder(platform.address("/readyz")).build(), BodyHandlers.ofString())
        .body();
  }
}
