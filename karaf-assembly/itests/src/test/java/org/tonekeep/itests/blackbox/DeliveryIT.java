package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.BeforeClass;
import org.junit.Test;

/** The bytes of an upload come back through signed addresses only, whole or in part. */
public class DeliveryIT {
  private static byte[] bytes;
  private static Distribution platform;
  private static Musician alice;
  private static String track;
  private static String url;

  @BeforeClass
  public static void boot() throws Exception {
    platform = Booted.shared();
    bytes = Corpus.bytes("tone.mp3");
    alice = Musician.at(platform, "demo");
    track = alice.uploaded("Tone", bytes).path("id").asText();
    url = sign("{}");
  }

  private static String sign(String wish) throws Exception {
    HttpResponse<String> answer = alice.post("/api/tracks/" + track + "/url", wish);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode signed = Musician.json(answer);
    assertThat(java.time.Instant.parse(signed.path("expiresAt").asText()))
        .isAfter(java.time.Instant.parse(alice.track(track).path("createdAt").asText()));
    return signed.path("url").asText();
  }

  /** Asks without any cookie: the address is all that is needed. */
  private static HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(platform.address(path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return alice.client().send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  public void shouldGiveBackExactlyWhatWasUploaded() throws Exception {
    HttpResponse<byte[]> answer = ask("GET", url);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes);
    assertThat(header(answer, "Content-Type")).isEqualTo("audio/mpeg");
    assertThat(header(answer, "Content-Length")).isEqualTo("" + bytes.length);
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{32,}\"");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Disposition")).startsWith("inline");
  }

  @Test
  public void shouldDescribeItWithoutBytesForHead() throws Exception {
    HttpResponse<byte[]> answer = ask("HEAD", url);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "Content-Length")).isEqualTo("" + bytes.length);
    assertThat(header(answer, "ETag")).isEqualTo(header(ask("GET", url), "ETag"));
  }

  @Test
  public void shouldGiveTheRangeThatWasAskedFor() throws Exception {
    assertPart(ask("GET", url, "Range", "bytes=100-299"), 100, 300);
    assertPart(ask("GET", url, "Range", "bytes=1000-"), 1000, bytes.length);
    assertPart(ask("GET", url, "Range", "bytes=-77"), bytes.length - 77, bytes.length);
    assertPart(ask("GET", url, "Range", "bytes=5-99999999"), 5, bytes.length);
  }

  private static void assertPart(HttpResponse<byte[]> answer, int from, int to) {
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
    assertThat(header(answer, "Content-Range"))
        .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + bytes.length);
  }

  @Test
  public void shouldRefuseARangeOutsideTheFile() throws Exception {
    HttpResponse<byte[]> answer = ask("GET", url, "Range", "bytes=" + bytes.length + "-");

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + bytes.length);
    assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
  }

  @Test
  public void shouldGiveThePartOnlyWhileTheFileIsTheSame() throws Exception {
    String etag = header(ask("HEAD", url), "ETag");

    assertPart(ask("GET", url, "Range", "bytes=0-9", "If-Range", etag), 0, 10);
    HttpResponse<byte[]> other = ask("GET", url, "Range", "bytes=0-9", "If-Range", "\"other\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(bytes);
    assertThat(ask("GET", url, "If-None-Match", etag).statusCode()).isEqualTo(304);
  }

  @Test
  public void shouldOfferItAsADownloadWithTheTracksName() throws Exception {
    HttpResponse<byte[]> answer = ask("GET", sign("{\"disposition\":\"attachment\"}"));

    assertThat(header(answer, "Content-Disposition"))
        .startsWith("attachment")
        .contains("filename=\"Tone.mp3\"");
  }

  @Test
  public void shouldRefuseAnAddressThatWasChanged() throws Exception {
    int token = url.lastIndexOf('/') + 1;
    for (int at : new int[] {token, token + 20, (token + url.length()) / 2, url.length() - 1}) {
      char other = url.charAt(at) == 'A' ? 'B' : 'A';
      HttpResponse<byte[]> answer =
          ask("GET", url.substring(0, at) + other + url.substring(at + 1));
      assertThat(answer.statusCode()).as("character " + at).isEqualTo(403);
    }
    assertThat(ask("GET", url.replace("/t/demo/", "/t/kan/")).statusCode()).isEqualTo(403);
    assertThat(ask("POST", url).statusCode()).isEqualTo(405);
  }

  @Test
  public void shouldSignOnlyForTheOwner() throws Exception {
    Musician bob = Musician.at(platform, "demo");

    assertThat(bob.post("/api/tracks/" + track + "/url", "{}").statusCode()).isEqualTo(404);
    assertThat(
            Musician.stranger(platform, "demo")
                .post("/api/tracks/" + track + "/url", "{}")
                .statusCode())
        .isEqualTo(401);
  }
}
