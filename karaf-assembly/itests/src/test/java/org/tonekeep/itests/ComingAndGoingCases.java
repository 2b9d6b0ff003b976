package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.tonekeep.itests.Load.Probe;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;

/**
 * Stops, updates and starts every concern, adapter and face that features/product names, under
 * load; a new bundle joins by itself. Requests that do not need the bundle must not notice, its
 * paths are off meanwhile, and afterwards everything is as it was: also the track that was uploaded
 * just before is ready.
 */
public class ComingAndGoingCases extends InContainer {
  private static final TenantId DEMO = new TenantId("demo");
  private static final String PREFIX = "org.tonekeep.";

  @Test
  public void shouldDisturbNobodyElseWhenABundleStopsUpdatesAndStarts() throws Exception {
    List<String> names = bundles().removable();
    assertTrue("found only " + names, names.size() >= 8);
    Visitor visitor = Visitor.signedUpAt("demo");
    String analysed = visitor.uploaded(1);
    visitor.awaitReady(analysed, "the first track");
    List<String> failures = new ArrayList<>();
    for (String name : names) {
      failures.addAll(comeAndGo(name, visitor, analysed));
    }
    assertEquals(String.join("\n", failures), 0, failures.size());
  }

  @Test
  public void shouldFinishASlowUploadWhileOtherBundlesComeAndGo() throws Exception {
    Visitor visitor = Visitor.signedUpAt("demo");
    Bundles bundles = bundles();
    SlowTone tone = new SlowTone(10);
    CompletableFuture<HttpResponse<String>> answer = visitor.beginUpload(tone);
    try {
      tone.awaitHalf();
      for (String name : bundles.removable()) {
        // Without a database nobody can be waited for: an upload that is under way is given up.
        if (!name.equals("org.tonekeep.database.derby")) {
          bundles.stop(name);
          bundles.update(name);
          bundles.start(name);
        }
      }
    } finally {
      tone.finish();
    }
    HttpResponse<String> track = answer.get(1, TimeUnit.MINUTES);
    assertEquals(track.body(), 201, track.statusCode());
    visitor.awaitReady(Visitor.json(track).path("id").asText(), "the slow upload");
  }

  private List<String> comeAndGo(String name, Visitor visitor, String analysed) throws Exception {
    Bundles bundles = bundles();
    List<Probe> probes = probes(visitor, analysed);
    String track = visitor.uploaded(3);
    Load load = Load.around(name.substring(PREFIX.length()), probes);
    try {
      load.phase("before");
      try {
        bundles.stop(name);
        assertAbsent(name);
        load.phase("stopped");
        bundles.update(name);
      } finally {
        bundles.start(name);
      }
      awaitPresent(name, probes);
      load.phase("started");
      bundles.update(name); // as an operator does it, without a stop
      awaitPresent(name, probes);
      load.phase("updated");
    } finally {
      load.end();
    }
    visitor.awaitReady(track, "the track uploaded before " + name + " stopped");
    return load.failures().stream().map(failure -> name + " " + failure).toList();
  }

  private void assertAbsent(String name) throws Exception {
    Optional<Feature> feature = featureOf(name);
    if (feature.isEmpty()) {
      return;
    }
    assertFalse(service(Gate.class).isOn(DEMO, feature.get().id()));
    for (String path : feature.get().basePaths()) {
      for (String below : List.of("", "/anything")) {
        HttpResponse<String> answer = Visitor.at("demo").get(path + below);
        var problem = Visitor.assertProblem(404, "feature-off", answer);
        assertEquals(feature.get().id(), problem.path("feature").asText());
      }
    }
    // Below its base there may be what another feature has.
    for (var path :
        Visitor.json(Visitor.at("demo").get("/api/openapi.json")).path("paths").properties()) {
      assertFalse(
          path.getKey() + " is still described",
          service(Gate.class).featureOf(path.getKey()).equals(Optional.of(feature.get().id())));
    }
  }

  private Optional<Feature> featureOf(String name) throws InterruptedException {
    String id = name.substring(PREFIX.length()).replace('.', '-');
    return service(Gate.class).features().stream()
        .map(Gate.FeatureState::feature)
        .filter(feature -> feature.id().equals(id))
        .findFirst();
  }

  /** Everything answers again, also what needs the bundle. */
  private void awaitPresent(String name, List<Probe> probes) throws Exception {
    Patience.untilSatisfied(name + " is back", () -> missing(name, probes));
  }

  private String missing(String name, List<Probe> probes) throws Exception {
    if (bundles().find(name).getState() != Bundle.ACTIVE) {
      return "not active";
    }
    Optional<Feature> feature = featureOf(name);
    if (feature.isPresent() && !service(Gate.class).isOn(DEMO, feature.get().id())) {
      return "the feature is off";
    }
    HttpResponse<String> readiness = Visitor.anywhere().get("/readyz");
    if (readiness.statusCode() != 200) {
      return readiness.body();
    }
    for (Probe probe : probes) {
      String complaint = probe.complaint();
      if (!complaint.isEmpty()) {
        return complaint;
      }
    }
    return "";
  }

  /** What must go on working, and the bundles without which it cannot. */
  private static List<Probe> probes(Visitor visitor, String track) throws Exception {
    Visitor anybody = Visitor.at("demo");
    Visitor server = Visitor.anywhere();
    String bytes = visitor.addressOf(track);
    Set<String> session = Set.of("auth", "database.derby");
    return List.of(
        new Probe("health", () -> server.get("/healthz"), 200, Set.of()),
        new Probe("openapi", () -> anybody.get("/api/openapi.json"), 200, Set.of()),
        new Probe("anonymous", () -> anybody.get("/api/tracks"), 401, Set.of("database.derby")),
        new Probe(
            "page",
            () -> server.send(server.request("/").header("Host", "demo.localhost")),
            200,
            Set.of("web")),
        new Probe("tracks", () -> visitor.get("/api/tracks?limit=5"), 200, session),
        new Probe(
            "account",
            () -> visitor.get("/api/account"),
            200,
            Set.of("auth", "profile", "database.derby")),
        new Probe("jobs", () -> visitor.get("/api/jobs?subject=" + track), 200, session),
        new Probe(
            "analysis",
            () -> visitor.get("/api/analysis/" + track),
            200,
            Set.of("auth", "database.derby", "analysis")),
        new Probe(
            "peaks",
            () -> visitor.get("/api/peaks/" + track),
            200,
            Set.of("auth", "database.derby", "analysis", "storage.fs")),
        new Probe(
            "bytes",
            () ->
                java.net.http.HttpClient.newHttpClient()
                    .send(server.request(bytes).build(), BodyHandlers.discarding()),
            200,
            // A signed address lives as long as somebody vouches for its session.
            Set.of("auth", "database.derby", "storage.fs")),
        new Probe(
            "upload",
            () -> visitor.upload(1),
            201,
            Set.of("auth", "database.derby", "storage.fs", "retention")));
  }
}
