package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.tonekeep.itests.Visitor.assertProblem;
import static org.tonekeep.itests.Visitor.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.Test;

/** Nobody sees what is another's: at another tenant, or at the same one. */
public class StrangersCases extends InContainer {
  /** What may be asked about a track. */
  private enum Question {
    GET_TRACK,
    PATCH_TRACK,
    DELETE_TRACK,
    PURGE_TRACK,
    RESTORE_TRACK,
    TRACK_URL,
    PEAKS,
    ANALYSIS;

    HttpResponse<String> ask(Visitor visitor, String id) throws Exception {
      return switch (this) {
        case GET_TRACK -> visitor.get("/api/tracks/" + id);
        case PATCH_TRACK -> visitor.patch("/api/tracks/" + id, "{\"title\":\"Mine\"}");
        case DELETE_TRACK -> visitor.delete("/api/tracks/" + id);
        case PURGE_TRACK -> visitor.delete("/api/tracks/" + id + "?now=true");
        case RESTORE_TRACK -> visitor.post("/api/tracks/" + id + "/restore", "{}");
        case TRACK_URL -> visitor.post("/api/tracks/" + id + "/url", "{}");
        case PEAKS -> visitor.get("/api/peaks/" + id);
        case ANALYSIS -> visitor.get("/api/analysis/" + id);
      };
    }
  }

  @Test
  public void shouldHideEverythingFromAnotherTenant() throws Exception {
    Visitor alice = Visitor.signedUpAt("demo");
    assertHidden(alice, Visitor.signedUpAt(new Sites(context).fromDemo()));
  }

  @Test
  public void shouldHideEverythingFromAnotherAccountOfTheSameTenant() throws Exception {
    Visitor alice = Visitor.signedUpAt("demo");
    assertHidden(alice, Visitor.signedUpAt("demo"));
  }

  private static void assertHidden(Visitor alice, Visitor bob) throws Exception {
    String track = alice.uploaded(1);
    alice.awaitReady(track, "Alice's track");
    String job =
        json(alice.get("/api/jobs?subject=" + track)).path("items").path(0).path("id").asText();
    String own = bob.uploaded(1);
    bob.awaitReady(own, "Bob's track");

    String absent = UUID.randomUUID().toString();
    for (Question question : Question.values()) {
      assertSameNothing(question.ask(bob, absent), question.ask(bob, track));
    }
    assertSameNothing(bob.get("/api/jobs/" + absent), bob.get("/api/jobs/" + job));
    assertSameNothing(bob.delete("/api/jobs/" + absent), bob.delete("/api/jobs/" + job));
    assertSameNothing(
        bob.get("/api/jobs/" + absent + "/events"), bob.get("/api/jobs/" + job + "/events"));

    for (String list : List.of("/api/tracks", "/api/tracks?trash=true", "/api/tracks?q=Tone")) {
      HttpResponse<String> answer = bob.get(list);
      assertEquals(answer.body(), 200, answer.statusCode());
      assertFalse(answer.body(), answer.body().contains(track));
    }
    assertEquals(0, json(bob.get("/api/jobs?subject=" + track)).path("items").size());
    assertFalse(bob.get("/api/jobs?limit=200").body().contains(job));
    // Nothing that Bob tried has touched it.
    assertEquals("Tone", json(alice.get("/api/tracks/" + track)).path("title").asText());
    assertEquals(200, alice.get("/api/peaks/" + track).statusCode());
  }

  /** The same problem, but for the address and the request's id. */
  private static void assertSameNothing(HttpResponse<String> absent, HttpResponse<String> others)
      throws Exception {
    assertProblem(404, "not-found", absent);
    assertProblem(404, "not-found", others);
    assertEquals(withoutInstance(absent), withoutInstance(others));
    assertEquals(absent.headers().map().keySet(), others.headers().map().keySet());
  }

  private static ObjectNode withoutInstance(HttpResponse<String> answer) throws Exception {
    ObjectNode body = (ObjectNode) json(answer);
    body.remove("instance");
    return body;
  }

  @Test
  public void shouldNotKnowASessionAtAnotherTenant() throws Exception {
    Visitor alice = Visitor.signedUpAt("demo");
    Visitor elsewhere = alice.strayingTo(new Sites(context).fromDemo());

    assertProblem(401, "sign-in-required", elsewhere.get("/api/tracks"));
    assertProblem(401, "sign-in-required", elsewhere.upload(1));
    assertEquals(200, alice.get("/api/tracks").statusCode());
  }

  @Test
  public void shouldNotServeASignedAddressAtAnotherTenant() throws Exception {
    Visitor alice = Visitor.signedUpAt("demo");
    String track = alice.uploaded(1);
    String address = alice.addressOf(track);
    String other = new Sites(context).fromDemo();

    assertEquals(200, Visitor.anywhere().get(address).statusCode());
    HttpResponse<String> answer =
        Visitor.anywhere().get(address.replace("/t/demo/", "/t/" + other + "/"));
    assertProblem(403, "url-invalid", answer);
  }
}
