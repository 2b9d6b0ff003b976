package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.tonekeep.rest.api.Readiness;

public class OperatorPagesTest {
  @ClassRule public static final Face OPEN = new Face();
  @ClassRule public static final Face GUARDED = new Face("long secret token");

  @After
  public void forget() {
    OPEN.operatorPages.parts.clear();
    GUARDED.operatorPages.parts.clear();
  }

  @Test
  public void shouldSayThatItLivesOnAnyHost() {
    for (String host : List.of("127.0.0.1", "nobody.test", Face.ALICE)) {
      assertThat(OPEN.get(host, "/healthz").body()).isEqualTo("ok\n");
    }
    assertThat(OPEN.get("127.0.0.1", "/t/alice/healthz").statusCode()).isEqualTo(404);
  }

  @Test
  public void shouldBeReadyWhenAllPartsAre() {
    OPEN.operatorPages.parts.add(() -> new Readiness.Health("b", true, "fine"));
    OPEN.operatorPages.parts.add(() -> new Readiness.Health("a", true, "good"));
    HttpResponse<String> answer = OPEN.get("127.0.0.1", "/readyz");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"ready\":true").containsSubsequence("good", "fine");
  }

  @Test
  public void shouldNotBeReadyWhenOnePartIsNotOrCannotSay() {
    OPEN.operatorPages.parts.add(() -> new Readiness.Health("a", true, "good"));
    OPEN.operatorPages.parts.add(
        () -> {
          throw new IllegalStateException("secret");
        });
    HttpResponse<String> answer = OPEN.get("127.0.0.1", "/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"ready\":false", "good").doesNotContain("secret");
  }

  @Test
  public void shouldTellOnlyTheOperatorWhichPartsThereAre() {
    OPEN.operatorPages.parts.add(() -> new Readiness.Health("a", false, "/root/of/keys"));
    GUARDED.operatorPages.parts.add(() -> new Readiness.Health("a", true, "/root/of/keys"));
    HttpResponse<String> stranger = OPEN.get(Face.ALICE, "/readyz");
    assertThat(stranger.statusCode()).isEqualTo(503);
    assertThat(stranger.body()).isEqualTo("{\"ready\":false}\n");
    for (String header : List.of("X-Forwarded-For", "Forwarded")) {
      assertThat(
              OPEN.send(OPEN.to("127.0.0.1", "/readyz").setHeader(header, "for=192.0.2.1")).body())
          .isEqualTo("{\"ready\":false}\n");
    }
    assertThat(OPEN.get("127.0.0.1", "/readyz").body()).contains("/root/of/keys");

    assertThat(GUARDED.get("127.0.0.1", "/readyz").body()).isEqualTo("{\"ready\":true}\n");
    assertThat(
            GUARDED
                .send(
                    GUARDED
                        .to(Face.ALICE, "/readyz")
                        .setHeader("Authorization", "Bearer long secret token"))
                .body())
        .contains("/root/of/keys");
  }

  @Test
  public void shouldRegisterAsReadyWhileTheServletRuns() {
    assertThat(OPEN.ready).isTrue();
  }

  @Test
  public void shouldOnlyBeRead() {
    HttpResponse<String> answer =
        OPEN.send(OPEN.to("127.0.0.1", "/healthz").POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(
            OPEN.send(OPEN.to("127.0.0.1", "/healthz").method("HEAD", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  public void shouldShowMetricsOnThisMachinesOwnAddressOnly() {
    assertThat(OPEN.get("127.0.0.1", "/metrics").statusCode()).isEqualTo(200);
    assertThat(OPEN.get("localhost:" + OPEN.port(), "/metrics").statusCode()).isEqualTo(200);
    assertThat(OPEN.get(Face.ALICE, "/metrics").statusCode()).isEqualTo(404);
    for (String header : List.of("X-Forwarded-For", "Forwarded")) {
      assertThat(
              OPEN.send(OPEN.to("127.0.0.1", "/metrics").setHeader(header, "for=192.0.2.1"))
                  .statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  public void shouldShowMetricsForTheTokenWhereOneIsSet() {
    assertThat(GUARDED.get("127.0.0.1", "/metrics").statusCode()).isEqualTo(404);
    assertThat(
            GUARDED
                .send(GUARDED.to(Face.ALICE, "/metrics").setHeader("Authorization", "Bearer wrong"))
                .statusCode())
        .isEqualTo(404);
    assertThat(
            GUARDED
                .send(
                    GUARDED
                        .to(Face.ALICE, "/metrics")
                        .setHeader("Authorization", "Bearer long secret token"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  public void shouldWriteOpenMetrics() {
    OPEN.get(Face.ALICE, "/api/nothing");
    HttpResponse<String> answer = OPEN.get("127.0.0.1", "/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("application/openmetrics-text;version=1.0.0");
    assertThat(answer.body())
        .contains("# TYPE tonekeep_http_requests counter\n")
        .contains("tonekeep_http_requests_total{method=\"GET\",status=\"4xx\"} ")
        .contains("# TYPE tonekeep_http_seconds histogram\n")
        .contains("tonekeep_http_in_flight 1\n")
        .containsPattern("tonekeep_http_seconds_bucket\\{le=\"\\+Inf\"\\} [1-9]")
        .endsWith("# EOF\n")
        .doesNotContain("alice", "\r");
    for (String line : answer.body().split("\n")) {
      assertThat(line).matches("# (TYPE|EOF).*|[a-z_]+(\\{[^}]*\\})? [0-9.E+-]+");
    }
  }
}
