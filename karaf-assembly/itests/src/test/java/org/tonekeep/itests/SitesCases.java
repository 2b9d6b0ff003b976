package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.tonekeep.itests.Visitor.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.TenantFiles.FileState;
import org.tonekeep.tenant.api.Tenants;

/** House laws 2 and 3 in the running platform: files, their mistakes, and features per tenant. */
public class SitesCases extends InContainer {
  private static final SettingKey<Duration> URLS =
      SettingKey.duration("urls.ttl", "PT5M", Duration.ZERO, Duration.ofDays(1), "As the vault's");

  @Test
  public void shouldSwitchAFeatureForOneTenantOnlyAndKeepTheComments() throws Exception {
    Sites sites = new Sites(context);
    String tenant = sites.fromDemo();
    String before = Sites.text(tenant);
    Visitor here = Visitor.signedUpAt(tenant);
    Visitor demo = Visitor.signedUpAt("demo");
    String mine = here.uploaded(1);
    String theirs = demo.uploaded(1);
    here.awaitReady(mine, "my track");
    demo.awaitReady(theirs, "their track");

    sites.files().disable(Sites.id(tenant), "analysis");
    Sites.acts("analysis is off", () -> here.get("/api/analysis/" + mine).statusCode() == 404);
    JsonNode problem = assertProblem(404, "feature-off", here.get("/api/peaks/" + mine));
    assertEquals("analysis", problem.path("feature").asText());
    assertEquals(200, demo.get("/api/analysis/" + theirs).statusCode());
    assertFalse(paths(here).has("/api/analysis/{trackId}"));
    assertTrue(paths(demo).has("/api/analysis/{trackId}"));
    // No processor is on: a track is ready as it comes.
    assertEquals("ready", here.stateOf(here.uploaded(1)));

    sites.files().enable(Sites.id(tenant), "analysis");
    Sites.acts("analysis is on", () -> here.get("/api/analysis/" + mine).statusCode() == 200);
    assertEquals(withoutFeatures(before), withoutFeatures(Sites.text(tenant)));
  }

  private static List<String> withoutFeatures(String text) {
    return text.lines().filter(line -> !line.startsWith("features")).toList();
  }

  private static JsonNode paths(Visitor visitor) throws Exception {
    return Visitor.json(visitor.get("/api/openapi.json")).path("paths");
  }

  @Test
  public void shouldRefuseAnUnknownKeyWithFileKeyAndReason() throws Exception {
    assertRefused("urls.ttl = PT5M", "urls.tll = PT5M", "urls.tll: is unknown");
  }

  @Test
  public void shouldRefuseADurationThatIsNone() throws Exception {
    assertRefused(
        "urls.ttl = PT5M", "urls.ttl = 5 minutes", "urls.ttl: expected an ISO-8601 duration");
  }

  @Test
  public void shouldRefuseADurationOutOfRange() throws Exception {
    assertRefused("urls.ttl = PT5M", "urls.ttl = P90D", "urls.ttl: expected ");
  }

  @Test
  public void shouldRefuseAHostOfAnotherTenant() throws Exception {
    assertRefused(
        "hosts = ", "hosts = kan.localhost, ", "hosts: 'kan.localhost' belongs to tenant 'kan'");
    assertEquals(
        Sites.id("kan"), service(Tenants.class).byHost("kan.localhost").orElseThrow().id());
  }

  private void assertRefused(String good, String bad, String complaint) throws Exception {
    Sites sites = new Sites(context);
    String tenant = sites.fromDemo();
    Visitor visitor = Visitor.signedUpAt(tenant);
    String text = Sites.text(tenant);

    Sites.write(tenant, text.replace(good, bad));
    String wanted = Sites.file(tenant).getFileName() + ": " + complaint;
    Sites.acts("the file is refused", () -> !sites.state(tenant).inForce());
    FileState refused = sites.state(tenant);
    assertTrue(
        refused.problems().toString(),
        refused.problems().stream().anyMatch(problem -> problem.startsWith(wanted)));
    assertEquals(Duration.ofMinutes(5), service(Tenants.class).require(Sites.id(tenant)).get(URLS));
    assertEquals(200, visitor.get("/api/tracks").statusCode());

    Sites.write(tenant, text);
    Sites.acts("the file is in force again", () -> sites.state(tenant).inForce());
    assertEquals(List.of(), sites.state(tenant).problems());
  }

  @Test
  public void shouldSuspendATenantWhoseFileVanishesAndResumeItWhenItIsBack() throws Exception {
    Sites sites = new Sites(context);
    String tenant = sites.fromDemo();
    Visitor visitor = Visitor.signedUpAt(tenant);
    String text = Sites.text(tenant);

    Files.delete(Sites.file(tenant));
    Sites.acts(tenant + " is suspended", () -> visitor.get("/api/tracks").statusCode() == 404);
    assertProblem(404, "unknown-tenant", visitor.get("/api/tracks"));
    assertTrue(service(Tenants.class).find(Sites.id(tenant)).orElseThrow().suspended());

    Files.writeString(Sites.file(tenant), text);
    Sites.acts(tenant + " is back", () -> visitor.get("/api/tracks").statusCode() == 200);
  }

  @Test
  public void shouldAnswerByHostAndByPathAndKnowNoOtherTenant() throws Exception {
    assertEquals(401, Visitor.at("demo").get("/api/tracks").statusCode());
    assertEquals(401, atHost("demo.localhost").statusCode());
    assertEquals(401, atHost("DEMO.localhost:8181").statusCode());
    assertProblem(404, "unknown-tenant", atHost("nobody.localhost"));
    assertProblem(404, "unknown-tenant", atHost("127.0.0.1"));
    assertProblem(404, "unknown-tenant", Visitor.at("nobody").get("/api/tracks"));
    assertProblem(404, "unknown-tenant", Visitor.at("nobody").get("/"));
  }

  private static HttpResponse<String> atHost(String host) throws Exception {
    Visitor anybody = Visitor.anywhere();
    return anybody.send(anybody.request("/api/tracks").header("Host", host));
  }
}
