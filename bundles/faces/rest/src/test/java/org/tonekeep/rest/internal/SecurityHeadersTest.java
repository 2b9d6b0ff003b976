package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.ClassRule;
import org.junit.Test;

public class SecurityHeadersTest {
  @ClassRule public static final Face FACE = new Face();

  private static List<HttpRequest.Builder> requests() {
    return List.of(
        FACE.to(Face.ALICE, "/api/echo"),
        FACE.to(Face.ALICE, "/api/echo").method("OPTIONS", BodyPublishers.noBody()),
        FACE.to(Face.ALICE, "/api/echo").method("HEAD", BodyPublishers.noBody()),
        FACE.to(Face.ALICE, "/api/echo").PUT(BodyPublishers.noBody()),
        FACE.to(Face.ALICE, "/api/echo/throw"),
        FACE.to(Face.ALICE, "/api/echo/unwritable"),
        FACE.to(Face.ALICE, "/api/nothing"),
        FACE.to(Face.ALICE, "/nothing"),
        FACE.to(Face.ALICE, "/door"),
        FACE.to(Face.ALICE, "/api/openapi.json"),
        FACE.to(Face.ALICE, "/api/docs"),
        FACE.to(Face.ALICE, "/healthz"),
        FACE.to(Face.ALICE, "/readyz"),
        FACE.to(Face.ALICE, "/metrics"),
        FACE.to("127.0.0.1", "/metrics"),
        FACE.to("nobody.test", "/api/echo"),
        FACE.to(Face.ALICE, "/api//echo"),
        FACE.to(Face.ALICE, "/api/echo").setHeader("Cookie", "sid=a; sid=b"));
  }

  @Test
  public void shouldBeOnEveryResponse() {
    EchoResource echo = FACE.publish("/api/echo", "", false, new EchoResource());
    FACE.open("/door", "", false, (who, path, request, response) -> response.setStatus(204));
    for (HttpRequest.Builder request : requests()) {
      HttpResponse<String> answer = FACE.send(request);
      String what = answer.request().method() + " " + answer.uri().getPath();
      assertThat(answer.headers().allValues("X-Content-Type-Options"))
          .as(what)
          .containsExactly("nosniff");
      assertThat(answer.headers().allValues("Content-Security-Policy")).as(what).hasSize(1);
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .get()
          .asString()
          .as(what)
          .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'");
      assertThat(answer.headers().firstValue("Referrer-Policy")).as(what).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("X-Frame-Options")).as(what).hasValue("DENY");
      assertThat(answer.headers().firstValue("Cache-Control"))
          .get()
          .asString()
          .as(what)
          .startsWith("private, no-");
      assertThat(answer.headers().map()).as(what).doesNotContainKey("strict-transport-security");
    }
    FACE.unpublish(echo);
  }

  @Test
  public void shouldSayThatMachinesMayNotLearnHereUnlessTheTenantAllowsIt() {
    for (String path : List.of("/api/nothing", "/api/openapi.json", "/api/docs", "/nothing")) {
      HttpResponse<String> forbidden = FACE.get(Face.ALICE, path);
      assertThat(forbidden.headers().allValues("Content-Usage")).containsExactly("train-ai=n");
      assertThat(forbidden.headers().allValues("tdm-reservation")).containsExactly("1");
      HttpResponse<String> allowed = FACE.get(Face.BOB, path);
      assertThat(allowed.headers().map()).doesNotContainKeys("content-usage", "tdm-reservation");
    }
  }

  @Test
  public void shouldKeepToTlsWhereTheVisitorCameByIt() {
    HttpRequest.Builder request =
        FACE.to(Face.ALICE, "/api/nothing").setHeader("X-Forwarded-Proto", "https");
    assertThat(FACE.send(request).headers().firstValue("Strict-Transport-Security"))
        .hasValue("max-age=63072000; includeSubDomains");
  }

  @Test
  public void shouldDeclareTheKeyForIt() {
    assertThat(new SiteKeys().keys()).contains(SiteKeys.AI_USE);
    assertThat(SiteKeys.AI_USE.defaultText()).isEqualTo("forbidden");
  }
}
