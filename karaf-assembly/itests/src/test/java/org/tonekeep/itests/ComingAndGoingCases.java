package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.Gate;

/**
 * Stops, updates and starts every concern and adapter that features/product names, under load. A
 * new bundle joins by itself. Requests that do not need the bundle must not notice; a track that
 * was uploaded just before is ready afterwards.
 */
public class ComingAndGoingCases extends InContainer {
  private static final Pattern TRACK_ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  /** The bundles of all Karaf features but the core, which cannot be switched off. */
  private static List<String> bundles() throws Exception {
    File folder =
        new File(System.getProperty("karaf.home"), "system/org/tonekeep/tonekeep-features-product");
    String xml = "";
    for (File version : Arrays.asList(folder.listFiles())) {
      for (File file : Arrays.asList(version.listFiles())) {
        if (file.getName().endsWith(".xml") && file.getName().contains("features-product")) {
          xml = new String(new FileInputStream(file).readAllBytes(), "UTF-8");
        }
      }
    }
    List<String> names = new ArrayList<>();
    for (String feature : xml.split("<feature name=\"")) {
      Matcher bundle = Pattern.compile("mvn:org\\.tonekeep/(tonekeep-[a-z-]+)/").matcher(feature);
      while (!feature.startsWith("tonekeep-core\"") && bundle.find()) {
        if (!bundle.group(1).startsWith("tonekeep-features")) {
          names.add("org." + bundle.group(1).replace('-', '.'));
        }
      }
    }
    return names;
  }

  @Test
  public void shouldDisturbNobodyElseWhenABundleStopsUpdatesAndStarts() throws Exception {
    List<String> bundles = bundles();
    assertTrue("found only " + bundles, bundles.size() >= 8);
    Visitor visitor = new Visitor();
    visitor.signUp();
    for (String name : bundles) {
      comeAndGo(bundle(name), visitor);
    }
  }

  private void comeAndGo(Bundle bundle, Visitor visitor) throws Exception {
    String name = bundle.getSymbolicName();
    String track = visitor.upload();
    Load load = new Load(visitor.probesWithout(name));
    load.start();
    try {
      load.awaitRounds(2);
      bundle.stop();
      assertAbsent(name, visitor);
      load.awaitRounds(2);
      try (InputStream jar = jarOf(bundle)) {
        bundle.update(jar);
      }
      bundle.start();
      awaitPresent(name, visitor);
      load.awaitRounds(2);
    } finally {
      load.stop();
    }
    assertEquals("while " + name + " came and went: " + load.failures(), 0, load.failures().size());
    visitor.awaitReady(track, name);
  }

  private void assertAbsent(String name, Visitor visitor) throws Exception {
    Feature feature = featureOf(name);
    if (feature == null) {
      return;
    }
    assertFalse(
        service(Gate.class).isOn(new org.tonekeep.tenant.api.TenantId("demo"), feature.id()));
    for (String path : feature.basePaths()) {
      HttpResponse<String> answer = get("/t/demo" + path);
      assertEquals(path + " " + answer.body(), 404, answer.statusCode());
      assertTrue(answer.body(), answer.body().contains("urn:tonekeep:problem:feature-off"));
    }
  }

  private Feature featureOf(String name) throws InterruptedException {
    String id = name.substring("org.tonekeep.".length()).replace('.', '-');
    return service(Gate.class).features().stream()
        .map(Gate.FeatureState::feature)
        .filter(feature -> feature.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private void awaitPresent(String name, Visitor visitor) throws Exception {
    Patience.until(
        name + " is back",
        () ->
            bundle(name).getState() == Bundle.ACTIVE
                && get("/readyz").statusCode() == 200
                && (featureOf(name) == null
                    || service(Gate.class)
                        .isOn(new org.tonekeep.tenant.api.TenantId("demo"), featureOf(name).id()))
                && visitor.isSignedIn());
  }

  private Bundle bundle(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not installed"));
  }

  /** The bundle's jar in the distribution: what {@code bundle:update} would fetch. */
  private static InputStream jarOf(Bundle bundle) throws IOException, BundleException {
    String artifact = bundle.getSymbolicName().substring("org.".length()).replace('.', '-');
    File folder = new File(System.getProperty("karaf.home"), "system/org/tonekeep/" + artifact);
    for (File version : Arrays.asList(folder.listFiles())) {
      for (File file : Arrays.asList(version.listFiles())) {
        if (file.getName().endsWith(".jar")) {
          return new FileInputStream(file);
        }
      }
    }
    throw new BundleException("No jar in " + folder);
  }

  /** A musician with a session. */
  private final class Visitor {
    private final HttpClient client = HttpClient.newHttpClient();
    private String cookie = "";

    void signUp() throws Exception {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(address("/t/demo/api/auth/signup"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"email\":\""
                              + UUID.randomUUID()
                              + "@example.org\",\"password\":\"a long enough phrase\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(answer.body(), 201, answer.statusCode());
      cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    boolean isSignedIn() throws Exception {
      return send("/t/demo/api/tracks").statusCode() == 200;
    }

    HttpResponse<String> send(String path) throws Exception {
      return client.send(
          HttpRequest.newBuilder(address(path)).header("Cookie", cookie).build(),
          HttpResponse.BodyHandlers.ofString());
    }

    String upload() throws Exception {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(address("/t/demo/api/tracks?title=Tone"))
                  .header("Cookie", cookie)
                  .header("Content-Type", "audio/wav")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(Tone.wav(3, 440)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(answer.body(), 201, answer.statusCode());
      Matcher id = TRACK_ID.matcher(answer.body());
      assertTrue(answer.body(), id.find());
      return id.group(1);
    }

    void awaitReady(String track, String name) throws Exception {
      Patience.until(
          "the track uploaded before " + name + " stopped is ready",
          () -> send("/t/demo/api/tracks/" + track).body().contains("\"state\":\"ready\""));
    }

    /** What must go on working, whatever is not needed for it. */
    List<Probe> probesWithout(String absent) {
      return List.of(
              new Probe(address("/healthz"), "", List.of()),
              new Probe(address("/t/demo/api/openapi.json"), "", List.of()),
              new Probe(
                  address("/t/demo/api/tracks"),
                  cookie,
                  List.of("org.tonekeep.auth", "org.tonekeep.database.derby")),
              new Probe(
                  address("/t/demo/api/account"),
                  cookie,
                  List.of("org.tonekeep.auth", "org.tonekeep.database.derby")),
              new Probe(
                  address("/t/demo/api/jobs?subject=none"),
                  cookie,
                  List.of("org.tonekeep.auth", "org.tonekeep.database.derby")))
          .stream()
          .filter(probe -> !probe.needs().contains(absent))
          .collect(Collectors.toList());
    }
  }

  /** A request that must answer 200 while any bundle but those it needs is away. */
  record Probe(URI address, String cookie, List<String> needs) {}

  /** Sends the probes round and round on four threads. */
  private static final class Load {
    private final List<Probe> probes;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    private final java.util.concurrent.atomic.AtomicLong rounds =
        new java.util.concurrent.atomic.AtomicLong();
    private volatile boolean running = true;

    Load(List<Probe> probes) {
      this.probes = probes;
    }

    void start() {
      for (int i = 0; i < 4; i++) {
        Thread thread = new Thread(this::go, "load-" + i);
        threads.add(thread);
        thread.start();
      }
    }

    private void go() {
      HttpClient client = HttpClient.newHttpClient();
      while (running) {
        for (Probe probe : probes) {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(probe.address()).timeout(Duration.ofSeconds(60));
          if (!probe.cookie().isEmpty()) {
            request.header("Cookie", probe.cookie());
          }
          try {
            HttpResponse<String> answer =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
              failures.add(probe.address() + " " + answer.statusCode() + " " + answer.body());
            }
          } catch (IOException e) {
            failures.add(probe.address() + " " + e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
          }
        }
        rounds.incrementAndGet();
      }
    }

    /** Waits until every thread has been round so often again: requests fell before and after. */
    void awaitRounds(int each) throws Exception {
      long goal = rounds.get() + (long) each * threads.size();
      Patience.until("the load goes on", () -> rounds.get() >= goal);
    }

    void stop() throws InterruptedException {
      running = false;
      for (Thread thread : threads) {
        thread.join();
      }
    }

    List<String> failures() {
      return failures.size() > 5 ? failures.subList(0, 5) : failures;
    }
  }
}
