package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.ClassRule;
import org.junit.Test;
import org.tonekeep.rest.api.ProblemException;

public class TransportTest {
  @ClassRule public static final Face FACE = new Face();

  private static HttpRequest.Builder from(String visitor, String proto, String path) {
    return FACE.to(Face.ALICE, path)
        .setHeader("X-Forwarded-For", visitor)
        .setHeader("X-Forwarded-Proto", proto);
  }

  @Test
  public void shouldRefuseTheOpenWireFromOtherMachines() {
    EchoResource echo = FACE.publish("/api/echo", "", false, new EchoResource());
    HttpResponse<String> refused = FACE.send(from("203.0.113.9", "http", "/api/echo"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("tls-required");
    assertThat(FACE.send(from("203.0.113.9", "https", "/api/echo")).statusCode()).isEqualTo(200);
    assertThat(FACE.get(Face.ALICE, "/api/echo").statusCode()).isEqualTo(200);
    FACE.unpublish(echo);
  }

  @Test
  public void shouldSendPagesToHttpsAndNothingElse() {
    HttpRequest.Builder page =
        from("203.0.113.9", "http", "/tracks/1?q=a%20b").setHeader("Accept", "text/html,*/*");
    HttpResponse<String> moved = FACE.send(page);
    assertThat(moved.statusCode()).isEqualTo(308);
    assertThat(moved.headers().firstValue("Location"))
        .hasValue("https://alice.test/tracks/1?q=a%20b");
    assertThat(moved.headers().firstValue("Strict-Transport-Security")).isEmpty();
    HttpRequest.Builder form =
        from("203.0.113.9", "http", "/tracks/1")
            .setHeader("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString("password=1"));
    assertThat(FACE.send(form).statusCode()).isEqualTo(403);
  }

  @Test
  public void shouldSendAPageToThePortOfTheOwnListener() {
    Received received = new Received("203.0.113.9");
    received.headers.put("Accept", List.of("text/html"));
    OriginalRequest request = new Proxies("").original(received.request());
    ProblemException moved =
        catchThrowableOfType(
            ProblemException.class,
            () -> new Transport(8443).require(request, new Face.Sites().all().get(0)));
    assertThat(moved.headers()).containsEntry("Location", "https://alice.test:8443/page");
  }
}
