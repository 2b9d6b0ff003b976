package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Tone;

/**
 * A disk with more and more, or less and less room left, at a hundred points from none to more than
 * an upload needs: a small file system in memory, which only root can mount.
 */
public class DiskFullIT {
  private static final int POINTS = 100;
  private static final int STEP = 4096;
  private static final String SIZE = "size=700m";

  private static Path disk;
  private static boolean mounted;
  private static Distribution platform;
  private static Musician alice;
  private static byte[] sound;
  private static String kept;

  @BeforeClass
  public static void boot() throws Exception {
    disk =
        Files.createDirectories(
            Path.of(System.getProperty("tonekeep.work"), "disk-" + UUID.randomUUID()));
    mounted = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", disk.toString());
    assumeTrue("a small disk can be mounted", mounted);
    platform =
        Distribution.unpack()
            .with("TONEKEEP_DATA", disk.resolve("data").toString())
            // Else uploads are refused long before the disk is full.
            .edit(
                "org.tonekeep.storage.fs.cfg",
                text -> text.replace("#reserveMebibytes = 64", "reserveMebibytes = 0"))
            .start();
    alice = Musician.at(platform, "demo");
    sound = Tone.wav(1, 440);
    kept = alice.uploaded("Kept", sound).path("id").asText();
    alice.awaitReady(kept);
  }

  @AfterClass
  public static void close() throws Exception {
    if (platform != null) {
      platform.close();
    }
    if (mounted) {
      boolean unused = run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  @Test
  public void shouldRefuseUploadsAndGoOnReadingAtEachPoint() throws Exception {
    Path ballast = disk.resolve("ballast");
    Map<Integer, Integer> answers = new TreeMap<>();
    List<String> taken = new ArrayList<>(List.of(kept));
    for (int point = 0; point < POINTS; point++) {
      String signed =
          Musician.json(alice.post("/api/tracks/" + kept + "/url", "{}")).path("url").asText();
      assertThat(bytes(signed)).isEqualTo(sound);
      fill(ballast, (long) point * STEP);

      HttpResponse<String> answer = alice.upload("Point" + point, sound);

      int unused = answers.merge(answer.statusCode(), 1, Integer::sum);
      assertThat(answer.statusCode()).as(answer.body()).isIn(201, 503, 507);
      if (answer.statusCode() == 201) {
        taken.add(Musician.json(answer).path("id").asText());
      } else {
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValue("application/problem+json");
      }
      assertThat(bytes(signed)).as("bytes while the disk is full").isEqualTo(sound);
      assertThat(alice.get("/api/tracks/" + kept).statusCode()).isEqualTo(200);
      Files.delete(ballast);
      HttpResponse<String> after = alice.upload("After" + point, sound);
      assertThat(after.statusCode()).as(after.body()).isEqualTo(201);
      taken.add(Musician.json(after).path("id").asText());
    }
    System.out.println("Answers by status at " + POINTS + " points of a full disk: " + answers);
    assertThat(answers).containsKey(507);
    assertThat(alice.list("?limit=200"))
        .containsAll(taken.subList(taken.size() - 50, taken.size()));
    try (Stream<Path> left = Files.walk(disk.resolve("data/blobs/.incoming"))) {
      assertThat(left.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")))
          .isEmpty();
    }
  }

  private static byte[] bytes(String signed) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(platform.address(signed)).build();
    return alice.client().send(request, BodyHandlers.ofByteArray()).body();
  }

  /** Takes all room but so many bytes. */
  private static void fill(Path ballast, long free) throws IOException, InterruptedException {
    long room = disk.toFile().getUsableSpace() - free;
    assertThat(run("fallocate", "-l", String.valueOf(room), ballast.toString())).isTrue();
  }
}
