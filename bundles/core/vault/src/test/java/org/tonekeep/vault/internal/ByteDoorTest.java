package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.SignedUrls.Disposition;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.testing.kit.TestDatabase;

/** The door's answers, on a real server. */
public final class ByteDoorTest {
  private static final int SIZE = 300_044;
  private final HttpClient client = HttpClient.newHttpClient();
  private TestVault site;
  private DoorServer server;
  private byte[] bytes;
  private Blob blob;
  private String path;

  @Before
  public void open() throws Exception {
    site = new TestVault(TestDatabase.Engine.DERBY);
    server = new DoorServer(site.door());
    bytes = MadeAudio.wav(SIZE - 44);
    byte[] noise = new byte[SIZE - 44];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 44, noise.length);
    blob = site.recorded(ALICE, bytes);
    path = sign(blob, Disposition.ATTACHMENT);
  }

  @After
  public void close() throws Exception {
    server.stop();
    site.close();
  }

  private String sign(Blob signed, Disposition disposition) {
    return site.sign(ALICE, signed, disposition, "S\u00f6ng.wav").path();
  }

  private HttpResponse<byte[]> send(String method, String at, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(at))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private void assertWhole(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(bytes);
    assertThat(header(response, "Content-Range")).isEmpty();
  }

  private void assertPart(HttpResponse<byte[]> response, int first, int last) {
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(header(response, "Content-Range"))
        .isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
    assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(last - first + 1));
    assertThat(response.body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
  }

  private static void assertRefused(HttpResponse<byte[]> response, int status, String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(code);
  }

  @Test
  public void shouldServeTheWholeWithItsHeaders() throws Exception {
    HttpResponse<byte[]> response = send("GET", path);
    assertWhole(response);
    assertThat(header(response, "Content-Type")).isEqualTo("audio/wav");
    assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(SIZE));
    assertThat(header(response, "ETag")).isEqualTo("\"" + blob.sha256().substring(0, 32) + "\"");
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(response, "Cache-Control")).isEqualTo("private, no-store");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Last-Modified")).isEqualTo("Sun, 01 Nov 2026 12:00:00 GMT");
    assertThat(header(response, "Content-Disposition"))
        .isEqualTo("attachment; filename=\"S_ng.wav\"; filename*=UTF-8''S%C3%B6ng.wav");
    assertThat(header(send("GET", sign(blob, Disposition.INLINE)), "Content-Disposition"))
        .startsWith("inline; ");
  }

  @Test
  public void shouldAnswerHeadAsGetWithoutTheBytes() throws Exception {
    Map<String, java.util.List<String>> get =
        new java.util.TreeMap<>(send("GET", path).headers().map());
    HttpResponse<byte[]> response = send("HEAD", path);
    Map<String, java.util.List<String>> head = new java.util.TreeMap<>(response.headers().map());
    get.remove("date");
    head.remove("date");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(head).isEqualTo(get);
    assertThat(send("HEAD", path, "Range", "bytes=0-1").statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldServeOneRange() throws Exception {
    assertPart(send("GET", path, "Range", "bytes=0-0"), 0, 0);
    assertPart(send("GET", path, "Range", "bytes=0-"), 0, SIZE - 1);
    assertPart(send("GET", path, "Range", "bytes=100000-250000"), 100_000, 250_000);
    assertPart(send("GET", path, "Range", "bytes=-500"), SIZE - 500, SIZE - 1);
    assertPart(send("GET", path, "Range", "bytes=299000-99999999"), 299_000, SIZE - 1);
  }

  @Test
  public void shouldServeTheWholeForRangesThatItDoesNotKnow() throws Exception {
    assertWhole(send("GET", path, "Range", "bytes=0-1,5-6"));
    assertWhole(send("GET", path, "Range", "bytes=7-3"));
    assertWhole(send("GET", path, "Range", "lines=1-2"));
    assertWhole(send("GET", path, "Range", "bytes=0-1", "Range", "bytes=5-6"));
  }

  @Test
  public void shouldRefuseARangeOutsideTheFile() throws Exception {
    HttpResponse<byte[]> response = send("GET", path, "Range", "bytes=" + SIZE + "-");
    assertRefused(response, 416, "range-unsatisfiable");
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */" + SIZE);
  }

  @Test
  public void shouldServeTheRangeOnlyIfTheFileIsTheOneNamed() throws Exception {
    String etag = header(send("HEAD", path), "ETag");
    String date = "Sun, 01 Nov 2026 12:00:00 GMT";
    String[] range = {"Range", "bytes=5-9", "If-Range", ""};
    for (String same : new String[] {etag, date}) {
      range[3] = same;
      assertPart(send("GET", path, range), 5, 9);
    }
    for (String other :
        new String[] {"\"other\"", "W/" + etag, "Sun, 01 Nov 2026 12:00:01 GMT", "rubbish"}) {
      range[3] = other;
      assertWhole(send("GET", path, range));
    }
    assertWhole(send("GET", path, "Range", "bytes=999999999-", "If-Range", "\"other\""));
  }

  @Test
  public void shouldSayThatNothingChanged() throws Exception {
    String etag = header(send("HEAD", path), "ETag");
    for (String tags : new String[] {etag, "W/" + etag, "*", "\"a\", " + etag}) {
      HttpResponse<byte[]> response = send("GET", path, "If-None-Match", tags);
      assertThat(response.statusCode()).isEqualTo(304);
      assertThat(response.body()).isEmpty();
      assertThat(header(response, "ETag")).isEqualTo(etag);
    }
    assertWhole(send("GET", path, "If-None-Match", "\"other\""));
    assertThat(send("GET", path, "If-Modified-Since", "Sun, 01 Nov 2026 12:00:00 GMT").statusCode())
        .isEqualTo(304);
    assertThat(send("GET", path, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertWhole(send("GET", path, "If-Match", etag));
  }

  @Test
  public void shouldRefuseOtherMethods() throws Exception {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"}) {
      HttpResponse<byte[]> response = send(method, path);
      assertRefused(response, 405, "method-not-allowed");
      assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  public void shouldRefuseChangedAndExpiredAddressesAndForgottenBlobs() throws Exception {
    assertRefused(send("GET", path + "A"), 403, "url-invalid");
    assertRefused(send("GET", path + "?x=1"), 400, "bad-path");
    assertRefused(send("GET", "/b/"), 403, "url-invalid");
    assertRefused(send("GET", "/b/" + "A".repeat(80)), 403, "url-invalid");
    site.vault.discard(ALICE, blob.key());
    assertRefused(send("GET", path), 404, "not-found");
    assertRefused(send("HEAD", path), 404, "");
    site.clock.advance(Duration.ofMinutes(5));
    assertRefused(send("GET", path), 403, "url-expired");
  }

  @Test
  public void shouldAnswerNotFoundWhenTheBytesAreGone() throws Exception {
    site.memory.delete(blob.key());
    assertRefused(send("GET", path), 404, "not-found");
  }

  @Test
  public void shouldRefuseAnotherTenantsAddress() throws Exception {
    Blob bobs = site.recorded(BOB, MadeAudio.wav(10));
    String bobsPath = site.sign(BOB, bobs, Disposition.INLINE, "b").path();
    assertRefused(send("GET", bobsPath), 403, "url-invalid");
  }

  @Test
  public void shouldDeliverNothingWhileAKeeperIsAway() throws Exception {
    site.sites.unkept.add(Act.DELIVERY);
    assertRefused(send("GET", path), 503, "promise-unkept");
  }

  @Test
  public void shouldServeAnEmptyBlob() throws Exception {
    Blob empty =
        site.vault.store(
            ALICE,
            TestVault.OWNER,
            "peaks",
            "application/octet-stream",
            new java.io.ByteArrayInputStream(new byte[0]));
    site.vault.record(ALICE, empty);
    HttpResponse<byte[]> response = send("GET", sign(empty, Disposition.INLINE));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(Optional.of(header(response, "Content-Length"))).contains("0");
    assertThat(send("GET", sign(empty, Disposition.INLINE), "Range", "bytes=0-").statusCode())
        .isEqualTo(416);
  }
}
