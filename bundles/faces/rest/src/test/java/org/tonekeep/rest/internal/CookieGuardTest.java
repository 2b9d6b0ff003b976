package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;
import org.junit.Rule;
import org.junit.Test;
import org.tonekeep.rest.api.HttpDoor;

public class CookieGuardTest {
  @Rule public final Face face = new Face();

  /** Does something to a response. */
  @FunctionalInterface
  private interface Baker {
    void bake(HttpServletResponse response);
  }

  private List<String> cookies(String host, Baker baker, String... headers) {
    HttpDoor door =
        (who, path, request, response) -> {
          baker.bake(response);
          response.setStatus(204);
        };
    face.open("/baker", "", false, door);
    HttpRequest.Builder request = face.to(host, "/baker");
    HttpResponse<String> answer =
        face.send(headers.length == 0 ? request : request.headers(headers));
    face.close(door);
    assertThat(answer.statusCode()).isEqualTo(204);
    return answer.headers().allValues("Set-Cookie");
  }

  @Test
  public void shouldLetTheSessionOutAndTheThemeWhereItIsAllowed() {
    assertThat(cookies(Face.ALICE, r -> r.addHeader("Set-Cookie", "sid=x; Path=/; Max-Age=5")))
        .containsExactly("sid=x; Path=/; Max-Age=5; HttpOnly; SameSite=Lax");
    assertThat(cookies(Face.BOB, r -> r.addHeader("set-cookie", "theme=dark; Path=/")))
        .containsExactly("theme=dark; Path=/; SameSite=Lax");
  }

  @Test
  public void shouldStripWhateverElseAndHoweverItIsSet() {
    List<Baker> bakers =
        List.of(
            r -> r.addHeader("Set-Cookie", "theme=dark"),
            r -> r.setHeader("SET-COOKIE", "track=1"),
            r -> r.addHeader("Set-Cookie2", "track=1"),
            r -> r.addCookie(new Cookie("JSESSIONID", "1")),
            r -> r.addHeader("Set-Cookie", "SID=1"),
            r -> r.addHeader("Set-Cookie", " sid x=1"),
            r -> r.addHeader("Set-Cookie", "=sid"),
            r -> r.addHeader("Set-Cookie", "sid"),
            r -> r.addHeader("Set-Cookie", "__Host-sid=1; Secure"),
            r -> r.setIntHeader("Set-Cookie", 7),
            r -> r.addIntHeader("Set-Cookie", 7),
            r -> r.setDateHeader("Set-Cookie", 7),
            r -> r.addDateHeader("Set-Cookie", 7));
    for (Baker baker : bakers) {
      assertThat(cookies(Face.ALICE, baker)).isEmpty();
    }
    assertThat(face.metrics.render())
        .contains("tonekeep_cookies_stripped_total " + bakers.size())
        .doesNotContain("JSESSIONID");
  }

  @Test
  public void shouldKeepCookiesFromScriptsOtherSitesOtherHostsAndTheOpenWire() {
    assertThat(
            cookies(
                Face.ALICE,
                r -> r.addHeader("Set-Cookie", "sid=x; Domain=test; SameSite=None; Partitioned"),
                "X-Forwarded-For",
                "203.0.113.9",
                "X-Forwarded-Proto",
                "https"))
        .containsExactly("sid=x; HttpOnly; SameSite=Lax; Secure");
    assertThat(cookies(Face.ALICE, r -> r.addHeader("Set-Cookie", "sid=x; samesite=strict")))
        .containsExactly("sid=x; HttpOnly; SameSite=Strict");
  }

  @Test
  public void shouldGuardResourcesAndErrorsToo() {
    EchoResource echo = face.publish("/api/echo", "", false, new EchoResource());
    echo.thrown =
        new javax.ws.rs.WebApplicationException(
            javax.ws.rs.core.Response.status(409).header("Set-Cookie", "track=1").build());
    for (String path : List.of("/api/echo/baked", "/api/echo/throw", "/api/nothing")) {
      HttpResponse<String> answer = face.get(Face.ALICE, path);
      assertThat(answer.headers().allValues("Set-Cookie"))
          .as(path)
          .allMatch(line -> line.equals("sid=1; HttpOnly; SameSite=Lax"));
    }
    assertThat(face.get(Face.ALICE, "/api/echo/baked").headers().allValues("Set-Cookie"))
        .hasSize(1);
    face.unpublish(echo);
  }
}
