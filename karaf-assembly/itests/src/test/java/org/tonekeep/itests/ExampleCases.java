package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.tonekeep.itests.Visitor.assertProblem;
import static org.tonekeep.itests.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.tonekeep.tenant.api.Gate;

/**
 * A bundle that was built outside of the reactor joins the running platform by being copied into
 * {@code deploy/}: a feature, a path, a table, a tenant's key and a data class; and goes again.
 */
public class ExampleCases extends InContainer {
  private static final String PATH = "/api/example";
  private static final String NOTE = "{\"text\":\"more bass in the bridge\"}";

  @Test
  public void shouldJoinAndLeaveTheRunningPlatform() throws Exception {
    Sites sites = new Sites(context);
    String site = sites.fromDemo();
    Visitor alice = Visitor.signedUpAt(site);
    assertProblem(404, "not-found", alice.get(PATH));
    assertFalse(describes(alice));

    drop();
    Patience.until(
        "the feature is active", () -> state().map(Gate.FeatureState::active).orElse(false));
    Patience.until("its data class is known", () -> dataClass().equals("active"));
    // It is there, and off until a tenant's file lists it.
    JsonNode off = assertProblem(404, "feature-off", alice.get(PATH));
    assertEquals("example", off.path("feature").asText());

    sites.files().enable(Sites.id(site), "example");
    Sites.acts("the path answers", () -> alice.get(PATH).statusCode() == 200);
    assertTrue(describes(alice));
    assertWorks(site, alice);
    assertObeysTheTenantsFile(sites, site, alice);
    assertProblem(404, "feature-off", Visitor.signedUpAt("demo").get(PATH));
    assertFalse(describes(Visitor.at("demo")));

    Files.delete(dropped());
    Patience.until("the feature is gone", () -> !state().orElseThrow().active());
    assertProblem(404, "feature-off", alice.get(PATH));
    assertFalse(describes(alice));
    assertEquals("absent", dataClass()); // it still owes what it stored

    drop();
    Patience.until("the path is back", () -> alice.get(PATH).statusCode() == 200);
    assertEquals("what it stored is there again", 1, notes(alice).size());
    Files.delete(dropped());
    Patience.until("the feature is gone", () -> !state().orElseThrow().active());
    sites.files().remove(Sites.id(site));
  }

  private static void assertWorks(String site, Visitor alice) throws Exception {
    HttpResponse<String> written = alice.post(PATH, NOTE);
    assertEquals(written.body(), 201, written.statusCode());
    String id = json(written).path("id").asText();
    assertEquals("more bass in the bridge", notes(alice).path(0).path("text").asText());
    assertProblem(401, "sign-in-required", Visitor.at(site).get(PATH));
    assertProblem(422, "invalid", alice.post(PATH, "{\"text\":\" \"}"));

    Visitor bob = Visitor.signedUpAt(site);
    assertEquals(0, notes(bob).size());
    assertProblem(404, "not-found", bob.delete(PATH + "/" + id));
    assertEquals(1, notes(alice).size());
  }

  private static void assertObeysTheTenantsFile(Sites sites, String site, Visitor alice)
      throws Exception {
    String text = Sites.text(site);
    Sites.write(site, text + "example.mostNotes = none\n");
    Sites.acts("a bad value is refused", () -> !sites.state(site).inForce());
    assertTrue(
        sites.state(site).problems().get(0).contains("example.mostNotes: expected a whole number"));

    Sites.write(site, text + "example.mostNotes = 1\n");
    Sites.acts(
        "a good one is in force",
        () -> sites.state(site).inForce() && alice.post(PATH, NOTE).statusCode() == 409);
  }

  private static JsonNode notes(Visitor visitor) throws Exception {
    HttpResponse<String> answer = visitor.get(PATH);
    assertEquals(answer.body(), 200, answer.statusCode());
    return json(answer).path("items");
  }

  private static boolean describes(Visitor visitor) throws Exception {
    return json(visitor.get("/api/openapi.json")).path("paths").has(PATH);
  }

  private Optional<Gate.FeatureState> state() throws InterruptedException {
    return service(Gate.class).features().stream()
        .filter(state -> state.feature().id().equals("example"))
        .findFirst();
  }

  /** Whether its bundle is there, as the console says it; empty when it was never seen. */
  private String dataClass() throws Exception {
    return new Shell(service(SessionFactory.class))
        .list("tonekeep:data-class-list").stream()
            .filter(row -> row.get(0).equals("note") && row.get(1).equals("example"))
            .map(row -> row.get(2))
            .findFirst()
            .orElse("");
  }

  private static Path dropped() {
    return Path.of(
        System.getProperty("karaf.base"), "deploy", "tonekeep-testing-example-1.0.0.jar");
  }

  /** Copies the jar as a whole: half a jar would be tried, and complained about. */
  private static void drop() throws Exception {
    Path copy = dropped().resolveSibling(".incoming");
    Files.copy(Path.of(System.getProperty("tonekeep.example")), copy);
    Files.move(copy, dropped(), StandardCopyOption.ATOMIC_MOVE);
  }
}
