package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class KeysAtTheDoorTest {
  @Rule public final Face face = new Face();
  private final EchoResource echo = new EchoResource();

  @Before
  public void publish() {
    EchoResource unused = face.publish("/api/tracks", "", true, "UPLOAD", echo);
  }

  @After
  public void unpublish() {
    face.unpublish(echo);
  }

  private HttpRequest.Builder with(String authorization) {
    return face.to(Face.ALICE, "/api/tracks").setHeader("Authorization", authorization);
  }

  private HttpRequest.Builder post(String authorization) {
    return with(authorization)
        .setHeader("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{}"));
  }

  @Test
  public void shouldSignInByAKeyWithinItsScope() {
    HttpResponse<String> read = face.send(with("Bearer alice-read"));
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).contains("\"signedIn\":true");
    assertThat(face.send(with("bearer alice-session")).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = face.send(post("Bearer alice-read"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("scope-required", "upload");
    assertThat(face.send(post("Bearer alice-upload")).statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldNotAskAKeyForItsOrigin() {
    HttpRequest.Builder request =
        post("Bearer alice-upload")
            .setHeader("Origin", "https://elsewhere.test")
            .setHeader("Sec-Fetch-Site", "cross-site");
    assertThat(face.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldRefuseAKeyThatIsNone() {
    for (String wrong : List.of("Bearer bob-read", "Bearer alice-nothing")) {
      HttpResponse<String> answer = face.send(with(wrong));
      assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
      assertThat(answer.body()).contains("bad-key").doesNotContain("bob-read");
      assertThat(answer.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer error=\"invalid_token\"");
    }
    for (String odd : List.of("Bearer", "Bearer ", "Bearer a b", "Bearer \"x\"", "BearerX y")) {
      assertThat(face.send(with(odd)).statusCode()).as(odd).isEqualTo(400);
    }
    face.callers.keys = null;
    assertThat(face.send(with("Bearer alice-read")).statusCode()).isEqualTo(401);
  }

  @Test
  public void shouldRefuseACookieBesideAKey() {
    HttpResponse<String> answer =
        face.send(with("Bearer alice-read").setHeader("Cookie", "sid=alice"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("two-credentials");
    assertThat(face.send(with("Bearer alice-read").setHeader("Cookie", "x=y")).statusCode())
        .isEqualTo(200);
  }

  @Test
  public void shouldLimitBadKeysByNetworkAndKeepGoodOnes() {
    int status = 401;
    for (int i = 0; i < 101 && status == 401; i++) {
      status = face.send(with("Bearer guess-" + i)).statusCode();
    }
    assertThat(status).isEqualTo(429);
    assertThat(face.send(with("Bearer alice-read")).statusCode()).isEqualTo(200);
    assertThat(face.metrics.render())
        .contains("tonekeep_limited_total{act=\"login\",by=\"key\"} 1");
  }

  @Test
  public void shouldCountUploadsOfAnAccount() {
    int status = 200;
    int tries = 0;
    while (status == 200 && tries < 1100) {
      status = face.send(post("Bearer alice-upload")).statusCode();
      tries++;
    }
    assertThat(status).isEqualTo(429);
    assertThat(tries).isEqualTo(1001);
    HttpResponse<String> refused = face.send(post("Bearer alice-upload"));
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("4");
    assertThat(refused.headers().firstValue("RateLimit-Limit")).hasValue("1000");
    assertThat(refused.headers().firstValue("RateLimit-Remaining")).hasValue("0");
    assertThat(refused.headers().firstValue("RateLimit-Reset")).hasValue("4");
    assertThat(face.send(with("Bearer alice-read")).statusCode()).isEqualTo(200);
  }
}
