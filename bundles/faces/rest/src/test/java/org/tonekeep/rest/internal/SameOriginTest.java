package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.tonekeep.identity.api.Authenticator;

public class SameOriginTest {
  @ClassRule public static final Face FACE = new Face();
  private static boolean published;

  @Before
  public void publish() {
    if (!published) {
      FACE.publish("/api/echo", "", false, new EchoResource());
      FACE.publish("/api/auth/echo", "", false, new EchoResource());
      published = true;
    }
  }

  private static HttpResponse<String> post(String host, String cookie, String site, String origin) {
    return post("/api/echo", host, cookie, site, origin);
  }

  private static HttpResponse<String> post(
      String path, String host, String cookie, String site, String origin) {
    HttpRequest.Builder request =
        FACE.to(host, path)
            .setHeader("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));
    if (!cookie.isEmpty()) {
      request.setHeader("Cookie", cookie);
    }
    if (!site.equals("-")) {
      request.setHeader("Sec-Fetch-Site", site);
    }
    if (!origin.equals("-")) {
      request.setHeader("Origin", origin);
    }
    return FACE.send(request);
  }

  @Test
  public void shouldTakeAnUnsafeRequestWithACookieFromItsOwnPagesOnly() {
    String[][] table = {
      // Host, Sec-Fetch-Site, Origin, passes
      {"alice.test", "same-origin", "-", "yes"},
      {"alice.test", "none", "-", "yes"},
      {"alice.test", "same-origin", "https://evil.test", "yes"},
      {"alice.test", "same-site", "-", "no"},
      {"alice.test", "same-site", "http://alice.test", "no"},
      {"alice.test", "cross-site", "-", "no"},
      {"alice.test", "SAME-ORIGIN", "-", "no"},
      {"alice.test", "", "-", "no"},
      {"alice.test", "-", "-", "yes"},
      {"alice.test", "-", "http://alice.test", "yes"},
      {"alice.test", "-", "https://alice.test", "no"},
      {"alice.test:8181", "-", "http://alice.test:8181", "yes"},
      {"alice.test:80", "-", "http://alice.test", "yes"},
      {"ALICE.test", "-", "http://alice.test", "yes"},
      {"alice.test", "-", "http://alice.test:8181", "no"},
      {"alice.test:8181", "-", "http://alice.test", "no"},
      {"alice.test", "-", "http://www.alice.test", "no"},
      {"alice.test", "-", "http://alice.test.evil.test", "no"},
      {"alice.test", "-", "http://evil.test", "no"},
      {"alice.test", "-", "null", "no"},
      {"alice.test", "-", "alice.test", "no"},
    };
    for (String[] row : table) {
      HttpResponse<String> answer = post(row[0], "sid=alice", row[1], row[2]);
      assertThat(answer.statusCode())
          .as(String.join(" | ", row))
          .isEqualTo(row[3].equals("yes") ? 200 : 403);
      assertThat(answer.body())
          .contains(row[3].equals("yes") ? "\"signedIn\":true" : "cross-origin");
    }
  }

  @Test
  public void shouldNotTakeAPlainPageForTheSecureSite() {
    for (String scheme : new String[] {"http", "https"}) {
      HttpRequest.Builder request =
          FACE.to(Face.ALICE, "/api/echo")
              .setHeader("Cookie", "sid=alice")
              .setHeader("X-Forwarded-Proto", "https")
              .setHeader("Origin", scheme + "://alice.test")
              .setHeader("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"));
      assertThat(FACE.send(request).statusCode()).isEqualTo(scheme.equals("https") ? 200 : 403);
    }
  }

  @Test
  public void shouldNotAskWhereAReadComesFromNorARequestWithoutASession() {
    assertThat(
            FACE.send(
                    FACE.to(Face.ALICE, "/api/echo")
                        .setHeader("Cookie", "sid=alice")
                        .setHeader("Sec-Fetch-Site", "cross-site"))
                .body())
        .contains("\"signedIn\":true");
    assertThat(post("alice.test", "", "cross-site", "http://evil.test").body())
        .contains("\"signedIn\":false");
    assertThat(post("alice.test", "other=1", "cross-site", "-").statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldLetNoOtherSiteSignAVisitorIn() {
    String[][] table = {
      // Sec-Fetch-Site, Origin, passes
      {"-", "-", "yes"},
      {"same-origin", "http://alice.test", "yes"},
      {"none", "-", "yes"},
      {"-", "http://alice.test", "yes"},
      {"cross-site", "-", "no"},
      {"same-site", "http://alice.test", "no"},
      {"-", "http://evil.test", "no"},
      {"-", "null", "no"},
    };
    for (String[] row : table) {
      for (String host : new String[] {"alice.test", "localhost"}) {
        String root = host.equals("localhost") ? "/t/alice" : "";
        String origin = row[1].replace("alice.test", host);
        HttpResponse<String> answer = post(root + "/api/auth/echo", host, "", row[0], origin);
        assertThat(answer.statusCode())
            .as(String.join(" | ", row))
            .isEqualTo(row[2].equals("yes") ? 200 : 403);
      }
    }
    assertThat(
            FACE.send(
                    FACE.to(Face.ALICE, "/api/auth/echo").setHeader("Sec-Fetch-Site", "cross-site"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  public void shouldGuardDoorsToo() {
    FACE.open("/door", "", false, (who, path, request, response) -> response.setStatus(204));
    HttpRequest.Builder request =
        FACE.to(Face.ALICE, "/door")
            .setHeader("Cookie", "sid=alice")
            .setHeader("Sec-Fetch-Site", "cross-site")
            .POST(BodyPublishers.noBody());
    assertThat(FACE.send(request).statusCode()).isEqualTo(403);
  }

  @Test
  public void shouldRefuseTwoSessionCookies() {
    FACE.open("/twice", "", false, (who, path, request, response) -> response.setStatus(204));
    for (String cookies :
        new String[] {
          "sid=alice; sid=alice",
          "sid=a; x=1; sid=alice",
          "sid=alice;sid=",
          "sid=a\"b; sid=alice",
          "sid=\"alice\"; sid=alice",
          "x=\"; sid=evil; \"; sid=alice",
          "$Version=1; sid=evil; $Path=/; sid=alice",
          "  sid = evil ;\tsid=alice",
          "SID=evil; sid=alice",
          "sid=alice; Sid=evil",
        }) {
      for (String path : new String[] {"/api/echo", "/twice", "/t/alice/twice", "/api/docs"}) {
        HttpResponse<String> answer =
            FACE.send(FACE.to(Face.ALICE, path).setHeader("Cookie", cookies));
        assertThat(answer.statusCode()).as(path + " " + cookies).isEqualTo(400);
        assertThat(answer.body()).contains("urn:tonekeep:problem:two-sessions");
      }
    }
    HttpRequest.Builder lines =
        FACE.to(Face.ALICE, "/api/echo").header("Cookie", "sid=a").header("Cookie", "sid=alice");
    assertThat(FACE.send(lines).statusCode()).isEqualTo(400);
  }

  @Test
  public void shouldReadTheOneSessionCookieAsItsBrowserWroteIt() {
    for (String cookies :
        new String[] {
          "sid=\"alice\"", "a=\"; sid=alice", "a=b=c;sid=alice ; ;=;d", "xsid=1; sid=alice"
        }) {
      assertThat(FACE.send(FACE.to(Face.ALICE, "/api/echo").setHeader("Cookie", cookies)).body())
          .as(cookies)
          .contains("\"signedIn\":true");
    }
    for (String cookies : new String[] {"SID=alice", "sid", "sid=", "a=1, sid=alice"}) {
      assertThat(FACE.send(FACE.to(Face.ALICE, "/api/echo").setHeader("Cookie", cookies)).body())
          .as(cookies)
          .contains("\"signedIn\":false");
    }
  }

  @Test
  public void shouldKeepASessionToItsTenant() {
    assertThat(FACE.send(FACE.to(Face.BOB, "/api/echo").setHeader("Cookie", "sid=alice")).body())
        .contains("\"signedIn\":false");
    assertThat(
            FACE.send(FACE.to(Face.ALICE, "/t/bob/api/echo").setHeader("Cookie", "sid=alice"))
                .body())
        .contains("\"signedIn\":false");
  }

  @Test
  public void shouldTakeEverybodyForAnonymousWhileNobodyKnowsSessions() {
    Authenticator known = FACE.callers.authenticator;
    FACE.callers.authenticator = null;
    assertThat(post("alice.test", "sid=alice", "cross-site", "-").body())
        .contains("\"signedIn\":false");
    FACE.callers.authenticator = known;
  }
}
