package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.http.HttpServletRequest;
import org.junit.ClassRule;
import org.junit.Test;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.Who;

/** What a concern could tell about who asks: nothing, whatever it looks at. */
public class AnonymityTest {
  @ClassRule public static final Face FACE = new Face();

  private static final String ADDRESS = "203.0.113.99";
  private static final String AGENT = "Canary/1.0 (one of a kind)";

  private static List<String> allOf(HttpServletRequest request) {
    List<String> all = new ArrayList<>();
    all.add(request.getRemoteAddr() + request.getRemoteHost() + request.getRemotePort());
    all.add(String.valueOf(request.getRemoteUser()));
    all.add(String.valueOf((Object) request.getCookies()));
    for (String name : Collections.list(request.getHeaderNames())) {
      all.add(name + ": " + Collections.list(request.getHeaders(name)));
    }
    for (String name : Collections.list(request.getAttributeNames())) {
      all.add(name + "=" + request.getAttribute(name));
    }
    all.add(String.valueOf(request));
    return all;
  }

  @Test
  public void shouldShowNeitherAddressNorUserAgentNorCookie() {
    List<String> seen = new CopyOnWriteArrayList<>();
    List<Who> callers = new CopyOnWriteArrayList<>();
    HttpDoor door =
        (who, path, request, response) -> {
          callers.add(who);
          seen.addAll(allOf(request));
          assertThat(request.getHeader("user-agent")).isNull();
          assertThat(request.getHeaders("Cookie").hasMoreElements()).isFalse();
          assertThat(request.getHeader("X-Some-Proxys-Own")).isNull();
          assertThat(request.getDateHeader("CF-Visited")).isEqualTo(-1);
          assertThat(request.getIntHeader("X-Forwarded-Port")).isEqualTo(-1);
          assertThat(request.getHeader("Accept-Language")).isEqualTo("es");
          assertThat(request.getHeader("Range")).isEqualTo("bytes=0-1");
          response.setStatus(204);
        };
    FACE.open("/anonymous", "", false, door);
    int status =
        FACE.send(
                FACE.to(Face.ALICE, "/anonymous")
                    .setHeader("User-Agent", AGENT)
                    .setHeader("Cookie", "sid=alice; other=canary")
                    .setHeader("X-Forwarded-For", ADDRESS)
                    .setHeader("X-Forwarded-Proto", "https")
                    .setHeader("X-Forwarded-Port", "77")
                    .setHeader("Forwarded", "for=" + ADDRESS)
                    .setHeader("X-Real-IP", ADDRESS)
                    .setHeader("CF-Connecting-IP", ADDRESS)
                    .setHeader("CF-Visited", "Sun, 06 Nov 1994 08:49:37 GMT")
                    .setHeader("CF-IPCountry", "AR")
                    .setHeader("Sec-CH-UA-Model", "canary")
                    .setHeader("X-Some-Proxys-Own", "client=" + ADDRESS + ";x")
                    .setHeader("X-Copied-Agent", AGENT)
                    .setHeader("Accept-Language", "es")
                    .setHeader("Range", "bytes=0-1"))
            .statusCode();
    FACE.close(door);

    assertThat(status).isEqualTo(204);
    assertThat(String.join("\n", seen))
        .doesNotContain(ADDRESS)
        .doesNotContain("one of a kind")
        .doesNotContain("canary")
        .doesNotContain("sid=");
    assertThat(seen).anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("range:"));
    Who who = callers.get(0);
    assertThat(who.caller()).isPresent();
    assertThat(who.peer().tag()).matches("[0-9a-f]{32}");
    assertThat(who.peer().agent()).isEqualTo("Other");
    assertThat(who.peer().country()).isEqualTo("AR");
    assertThat(who.peer().secure()).isTrue();
  }

  @Test
  public void shouldHideAKeyAndLeaveOtherWaysOfSigningInToTheDoor() {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpDoor door =
        (who, path, request, response) -> {
          seen.add(String.valueOf(request.getHeader("Authorization")));
          response.setStatus(204);
        };
    FACE.open("/hooks", "", false, door);
    FACE.send(FACE.to(Face.ALICE, "/hooks").setHeader("Authorization", "Bearer alice-read"));
    FACE.send(FACE.to(Face.ALICE, "/hooks").setHeader("Authorization", "Basic eDp5"));
    FACE.close(door);
    assertThat(seen).containsExactly("null", "Basic eDp5");
  }
}
