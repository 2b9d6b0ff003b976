package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Before;
import org.junit.Test;

/** Whose music is read by whom: signed addresses, what they hang on, and the staff's grants. */
public class GrantCases extends InContainer {
  private Shell shell;
  private String site;
  private Visitor ann;
  private String track;

  @Before
  public void upload() throws Exception {
    Patience.until(
        "the platform is ready", () -> Visitor.anywhere().get("/readyz").statusCode() == 200);
    shell = new Shell(service(SessionFactory.class));
    site = new Sites(context).fromDemo();
    ann = Visitor.signedUpAt(site);
    track = ann.uploaded(1);
  }

  private Visitor staff() throws Exception {
    Visitor staff = Visitor.signedUpAt(site);
    String unused =
        shell.run("tonekeep:account-role -t " + site + " " + staff.account() + " staff");
    staff.signIn();
    return staff;
  }

  private static String signed(Visitor by, String path) throws Exception {
    HttpResponse<String> answer = by.post(path, "{}");
    assertEquals(answer.body(), 200, answer.statusCode());
    return Visitor.json(answer).path("url").asText();
  }

  /** One range, as a player asks for it: without a cookie. */
  private static HttpResponse<String> range(String url) throws Exception {
    HttpRequest.Builder request = Visitor.anywhere().request(url).header("Range", "bytes=0-99");
    return Visitor.anywhere().send(request);
  }

  private static void assertRefused(int status, String code, HttpResponse<String> answer) {
    assertEquals(answer.body(), status, answer.statusCode());
    assertTrue(answer.body(), answer.body().contains("problem:" + code));
  }

  private List<String> actions(String on) throws Exception {
    return shell.list("tonekeep:audit-show -t " + site + " --subject " + on).stream()
        .map(row -> String.join(" ", row))
        .toList();
  }

  @Test
  public void shouldStopAPlayerWhenItsListenerSignsOut() throws Exception {
    String url = signed(ann, "/api/tracks/" + track + "/url");
    assertEquals(206, range(url).statusCode());
    assertEquals(206, range(url).statusCode());
    assertRefused(400, "bad-path", range(url + "?a=1"));

    assertEquals(204, ann.post("/api/auth/logout", "").statusCode());

    assertRefused(403, "url-revoked", range(url));
    List<String> log = actions(track);
    // Once as read, though it was asked for twice, and once as refused.
    assertEquals(log.toString(), 2, log.stream().filter(e -> e.contains("blob.read")).count());
  }

  @Test
  public void shouldLetTheStaffListenByAGrantOnly() throws Exception {
    Visitor sue = staff();
    Visitor tom = staff();
    assertEquals(404, sue.post("/api/tracks/" + track + "/url", "{}").statusCode());
    String wish =
        "{\"track\": \"%s\", \"ticket\": \"T-1\", \"reason\": \"It stops in the middle\"}"
            .formatted(track);
    assertRefused(403, "role-required", ann.post("/api/breakglass", wish));

    HttpResponse<String> asked = sue.post("/api/breakglass", wish);
    assertEquals(asked.body(), 201, asked.statusCode());
    String grant = "/api/breakglass/" + Visitor.json(asked).path("id").asText();
    assertRefused(403, "grant-not-good", sue.post(grant + "/url", "{}"));
    assertRefused(403, "second-person-required", sue.post(grant + "/approve", ""));
    HttpResponse<String> approved = tom.post(grant + "/approve", "");
    assertEquals(approved.body(), 200, approved.statusCode());
    JsonNode given = Visitor.json(approved);
    assertEquals("active", given.path("state").asText());

    String url = signed(sue, grant + "/url");
    assertEquals(206, range(url).statusCode());
    assertEquals(404, tom.post(grant + "/url", "{}").statusCode());
    List<String> log = actions(track);
    assertTrue(log.toString(), log.stream().anyMatch(e -> e.contains("right=grant")));

    assertEquals(204, tom.delete(grant).statusCode());
    assertRefused(403, "url-revoked", range(url));
    assertRefused(403, "grant-not-good", sue.post(grant + "/url", "{}"));
  }

  @Test
  public void shouldLetTheOperatorGrantApproveListAndRevoke() throws Exception {
    Visitor sue = staff();
    Visitor tom = staff();
    String made =
        shell.run(
            "tonekeep:breakglass-grant -t %s --staff %s --ticket T-2 --track %s --for PT5M"
                    .formatted(site, sue.account(), track)
                + " \"It cannot be restored\"");
    String grant = made.lines().findFirst().orElseThrow();
    assertEquals("asked", state(grant));
    assertEquals(200, tom.post("/api/breakglass/" + grant + "/approve", "").statusCode());
    assertEquals("active", state(grant));
    String url = signed(sue, "/api/breakglass/" + grant + "/url");
    assertEquals(206, range(url).statusCode());

    String unused = shell.run("tonekeep:breakglass-revoke -t " + site + " " + grant);

    assertEquals("revoked", state(grant));
    assertRefused(403, "url-revoked", range(url));
  }

  private String state(String grant) throws Exception {
    return shell.list("tonekeep:breakglass-list -t " + site).stream()
        .filter(row -> row.get(0).equals(grant))
        .findFirst()
        .orElseThrow()
        .get(1);
  }
}
