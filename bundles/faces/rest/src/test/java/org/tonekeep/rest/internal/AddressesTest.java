package org.tonekeep.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.tonekeep.rest.api.HttpDoor;

public class AddressesTest {
  @ClassRule public static final Face FACE = new Face();
  private static EchoResource echo;

  @Before
  public void publish() {
    if (echo == null) {
      echo = FACE.publish("/api/echo", "", false, new EchoResource());
      FACE.publish("/api/echoes", "", false, new EchoResource());
    }
  }

  private static void assertTenant(HttpResponse<String> answer, String tenant, String root) {
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"tenant\":\"" + tenant + "\"", "\"root\":\"" + root + "\"");
  }

  @Test
  public void shouldFindTheTenantByItsHostInWhateverForm() {
    for (String host :
        new String[] {"alice.test", "ALICE.Test", "alice.test:8181", "alice.test."}) {
      assertTenant(FACE.get(host, "/api/echo"), "alice", "");
    }
    assertTenant(FACE.get("bob.test", "/api/echo"), "bob", "");
  }

  @Test
  public void shouldFindTheTenantByThePrefixOnAnyHost() {
    assertTenant(FACE.get("127.0.0.1", "/t/alice/api/echo"), "alice", "/t/alice");
    assertTenant(FACE.get(Face.ALICE, "/t/bob/api/echo"), "bob", "/t/bob");
    assertTenant(FACE.get("[::1]:8181", "/t/bob/api/echo"), "bob", "/t/bob");
  }

  @Test
  public void shouldAnswerUnknownTenantAlikeForAbsentAndSuspendedOnes() {
    String[][] requests = {
      {"nobody.test", "/api/echo"},
      {"[::1]", "/api/echo"},
      {"gone.test", "/api/echo"},
      {"127.0.0.1", "/t/nobody/api/echo"},
      {Face.ALICE, "/t/gone/api/echo"}
    };
    for (String[] request : requests) {
      HttpResponse<String> answer = FACE.get(request[0], request[1]);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .contains("urn:tonekeep:problem:unknown-tenant")
          .doesNotContain("gone", "nobody");
    }
  }

  @Test
  public void shouldNotTakeAMisspelledPrefixForATenant() {
    for (String path : new String[] {"/t/Alice/api/echo", "/t//api/echo", "/t/a_b/api/echo"}) {
      assertThat(FACE.get("nobody.test", path).statusCode()).isIn(400, 404);
    }
    assertThat(FACE.get("127.0.0.1", "/t/alice").statusCode()).isEqualTo(404);
    assertThat(FACE.get("127.0.0.1", "/t/alice/t/bob/api/echo").body()).contains("not-found");
  }

  @Test
  public void shouldRefusePathsThatTwoReadersReadDifferently() throws IOException {
    String[] paths = {
      "/api/..%2fecho",
      "/api%2fecho",
      "//api/echo",
      "/api//echo",
      "/api/echo;x=1",
      "/api/echo%3bx",
      "/api/./echo",
      "/api/x/../echo",
      "/api/%2e%2e/echo",
      "/api/echo%00",
      "/api/echo%0d%0aX:1",
      "/api/echo%7f",
      "/api/echo%5c",
      "/api\\echo",
      "/api/named/%ff",
      "/api/named/%c0%af",
      "/t/alice%2fapi/echo",
      "/api/named/`x`",
      "/api/named/{x}",
      "/api/named/a|b",
      "/api/named/<x>",
    };
    for (String path : paths) {
      assertThat(FACE.rawGet(Face.ALICE, path)).as(path).startsWith("HTTP/1.1 400 ");
    }
    assertThat(FACE.rawGet(Face.ALICE, "/api/echo%zz")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  public void shouldRefuseQueriesThatAreNotEncoded() throws IOException {
    for (String query : new String[] {"x=%zz", "x=%f", "x=%ff", "%"}) {
      assertThat(FACE.rawGet(Face.ALICE, "/api/echo?" + query))
          .as(query)
          .startsWith("HTTP/1.1 400 ")
          .contains("bad-path");
    }
    assertThat(FACE.rawGet(Face.ALICE, "/api/echo?x=%C3%A9+%26&y")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  public void shouldRefuseARequestThatNamesTwoHosts() throws IOException {
    String end = " HTTP/1.1\r\nHost: alice.test\r\nConnection: close\r\n";
    assertThat(FACE.raw("GET /api/echo" + end + "Host: bob.test\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("bad-host");
    assertThat(FACE.raw("GET http://bob.test/api/echo" + end + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("bad-host");
    assertThat(FACE.raw("GET http://ALICE.test:80/api/echo" + end + "\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"tenant\":\"alice\"");
    assertThat(FACE.raw("GET /t/bob/api/echo HTTP/1.0\r\n\r\n")).contains("\"tenant\":\"bob\"");
  }

  @Test
  public void shouldReadEncodedLettersAsLetters() {
    assertThat(FACE.get(Face.ALICE, "/api/echo/named/%C3%A9%20%25x").body()).contains("\"é %x\"");
    assertThat(FACE.get(Face.ALICE, "/api/%65cho").statusCode()).isEqualTo(404);
    assertThat(FACE.get(Face.ALICE, "/api/echo?x=%2f..;a//b").statusCode()).isEqualTo(200);
  }

  @Test
  public void shouldNotMistakeOneBaseForAnother() {
    assertThat(FACE.get(Face.ALICE, "/api/echoes").statusCode()).isEqualTo(200);
    for (String path : new String[] {"/api/ech", "/api/echox", "/api/echo/x/y", "/api", "/"}) {
      HttpResponse<String> answer = FACE.get(Face.ALICE, path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).contains("urn:tonekeep:problem:not-found");
    }
  }

  @Test
  public void shouldSayFeatureOffForWhatIsOffAndForWhatIsAbsent() {
    EchoResource switched = FACE.publish("/api/switched", "switch", false, new EchoResource());
    FACE.remembered.put("/api/away", "away");
    FACE.remembered.put("/s", "away");
    for (String path : new String[] {"/api/switched", "/api/away/x", "/s/token"}) {
      HttpResponse<String> answer = FACE.get(Face.ALICE, path);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("feature-off", "\"feature\":");
    }
    FACE.on.add("switch");
    assertThat(FACE.get(Face.ALICE, "/api/switched").statusCode()).isEqualTo(200);
    FACE.unpublish(switched);
    FACE.on.remove("switch");
  }

  @Test
  public void shouldOpenTheDoorWithTheLongestPath() {
    HttpDoor page = (who, path, request, response) -> response.getWriter().print("page");
    HttpDoor exact = (who, path, request, response) -> response.getWriter().print("exact");
    HttpDoor bytes = (who, path, request, response) -> response.getWriter().print(path);
    FACE.open("/", "", true, page);
    FACE.open("/exact", "", false, exact);
    FACE.open("/b/", "", false, bytes);
    assertThat(FACE.get(Face.ALICE, "/b/1").body()).isEqualTo("/b/1");
    assertThat(FACE.get(Face.ALICE, "/exact").body()).isEqualTo("exact");
    assertThat(FACE.get(Face.ALICE, "/exactly").body()).isEqualTo("page");
    assertThat(FACE.get("127.0.0.1", "/t/alice/b/1").body()).isEqualTo("/b/1");
    assertThat(FACE.get("127.0.0.1", "/t/alice/else").statusCode()).isEqualTo(404);
    List.of(page, exact, bytes).forEach(FACE::close);
    assertThat(FACE.get(Face.ALICE, "/exact").statusCode()).isEqualTo(404);
  }
}
