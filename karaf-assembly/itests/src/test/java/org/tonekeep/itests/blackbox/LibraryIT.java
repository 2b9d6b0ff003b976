package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.Patience;

/** One's own tracks: found, described, thrown away, taken back. */
public class LibraryIT {
  private static Distribution platform;

  @BeforeClass
  public static void boot() throws Exception {
    platform = Booted.shared();
  }

  @Test
  public void shouldFindSortAndPage() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    assertThat(alice.list("")).as("an empty library").isEmpty();
    List<String> ids = new ArrayList<>();
    for (String title : List.of("Delta", "alpha", "Charlie", "bravo")) {
      ids.add(alice.uploaded(title, Corpus.bytes("tone.opus")).path("id").asText());
    }

    assertThat(alice.list("?sort=title"))
        .containsExactly(ids.get(1), ids.get(3), ids.get(2), ids.get(0));
    assertThat(alice.list("?sort=title&order=desc"))
        .containsExactly(ids.get(0), ids.get(2), ids.get(3), ids.get(1));
    assertThat(alice.list("?sort=created&order=asc")).containsExactlyElementsOf(ids);
    assertThat(alice.list("?q=ALPH")).containsExactly(ids.get(1));
    assertThat(alice.list("?q=nothing")).isEmpty();
    assertThat(alice.get("/api/tracks?sort=colour").statusCode()).isEqualTo(422);
    assertThat(pages(alice, "?sort=title&limit=3"))
        .containsExactly(List.of(ids.get(1), ids.get(3), ids.get(2)), List.of(ids.get(0)));
  }

  /** Follows {@code next} to the end. */
  private static List<List<String>> pages(Musician alice, String query) throws Exception {
    List<List<String>> pages = new ArrayList<>();
    String after = "";
    while (after != null) {
      HttpResponse<String> answer = alice.get("/api/tracks" + query + after);
      JsonNode page = Musician.json(answer);
      pages.add(page.path("items").findValuesAsText("id"));
      boolean more = !page.path("next").isNull();
      assertThat(answer.headers().firstValue("Link").isPresent()).isEqualTo(more);
      after = more ? "&after=" + page.path("next").asText() : null;
    }
    return pages;
  }

  @Test
  public void shouldDescribeATrack() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    String id = alice.uploaded("Old", Corpus.bytes("tone.ogg")).path("id").asText();

    HttpResponse<String> answer =
        alice.patch(
            "/api/tracks/" + id,
            Musician.write(Map.of("title", "  Neu  ", "artist", "Clara", "genre", "Pop")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode track = alice.track(id);
    assertThat(track.path("title").asText()).isEqualTo("Neu");
    assertThat(track.path("artist").asText()).isEqualTo("Clara");
    assertThat(alice.list("?q=clara")).containsExactly(id);
    assertThat(alice.list("?genre=Pop")).containsExactly(id);
    HttpResponse<String> empty = alice.patch("/api/tracks/" + id, "{\"title\":\" \"}");
    assertThat(empty.statusCode()).isEqualTo(422);
    assertThat(Musician.json(empty).path("errors").path(0).path("pointer").asText())
        .isEqualTo("/title");
  }

  @Test
  public void shouldKeepADeletedTrackInTheTrashUntilItIsTakenBack() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    String id = alice.uploaded("Regret", Corpus.bytes("tone.flac")).path("id").asText();
    alice.awaitReady(id);

    assertThat(alice.delete("/api/tracks/" + id).statusCode()).isEqualTo(204);
    assertThat(alice.list("")).isEmpty();
    assertThat(alice.get("/api/tracks/" + id).statusCode()).isEqualTo(404);
    assertThat(alice.post("/api/tracks/" + id + "/url", "{}").statusCode()).isEqualTo(404);
    JsonNode trash = Musician.json(alice.get("/api/tracks?trash=true"));
    assertThat(trash.path("trashKeep").asText()).isEqualTo("PT168H");
    assertThat(trash.path("items").path(0).path("id").asText()).isEqualTo(id);
    assertThat(trash.path("items").path(0).path("purgeAt").asText()).isNotEmpty();

    assertThat(alice.post("/api/tracks/" + id + "/restore", "").statusCode()).isEqualTo(204);

    assertThat(alice.list("")).containsExactly(id);
    assertThat(alice.list("?trash=true")).isEmpty();
    assertThat(alice.track(id).path("state").asText()).isEqualTo("ready");
    assertThat(alice.get("/api/analysis/" + id).statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldRemoveEveryByteWhenDeletedForGood() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    String id = alice.uploaded("Gone", Corpus.bytes("tone.wav")).path("id").asText();
    alice.awaitReady(id);
    String url = Musician.json(alice.post("/api/tracks/" + id + "/url", "{}")).path("url").asText();
    Path blobs = blobsOf(alice);
    assertThat(files(blobs)).as("upload and waveform").hasSize(2);

    assertThat(alice.delete("/api/tracks/" + id + "?now=true").statusCode()).isEqualTo(204);

    assertThat(alice.get("/api/tracks/" + id).statusCode()).isEqualTo(404);
    assertThat(alice.list("?trash=true")).isEmpty();
    assertThat(alice.get("/api/analysis/" + id).statusCode()).isEqualTo(404);
    assertThat(alice.send(HttpRequest.newBuilder(platform.address(url))).statusCode())
        .as("an address that was signed before")
        .isEqualTo(404);
    Patience.until("the bytes are gone", () -> files(blobs).isEmpty());
  }

  private static Path blobsOf(Musician musician) throws Exception {
    String account = musician.account();
    return platform.data().resolve("blobs/demo").resolve(account.substring(0, 5)).resolve(account);
  }

  private static List<Path> files(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException removedMeanwhile) {
      return files(folder);
    }
  }

  @Test
  public void shouldShowNobodyElsesTracks() throws Exception {
    Musician alice = Musician.at(platform, "demo");
    Musician bob = Musician.at(platform, "demo");
    Musician carol = Musician.at(platform, "other");
    String id = alice.uploaded("Mine", Corpus.bytes("tone.mp3")).path("id").asText();
    alice.awaitReady(id);

    for (Musician other : List.of(bob, carol)) {
      assertThat(other.list("")).isEmpty();
      String absent = other.get("/api/tracks/" + id.replaceAll("[0-9a-f]{4}$", "0000")).body();
      for (String path : List.of("/api/tracks/", "/api/analysis/", "/api/peaks/")) {
        HttpResponse<String> answer = other.get(path + id);
        assertThat(answer.statusCode()).as(path).isEqualTo(404);
        assertThat(Musician.json(answer).path("detail")).isEqualTo(json(absent).path("detail"));
      }
      assertThat(other.patch("/api/tracks/" + id, "{\"title\":\"x\"}").statusCode()).isEqualTo(404);
      assertThat(other.delete("/api/tracks/" + id).statusCode()).isEqualTo(404);
      String job = alice.jobs(id).path(0).path("id").asText();
      assertThat(other.get("/api/jobs/" + job).statusCode()).isEqualTo(404);
    }
    assertThat(alice.list("")).containsExactly(id);
  }

  private static JsonNode json(String text) throws Exception {
    return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
  }
}
