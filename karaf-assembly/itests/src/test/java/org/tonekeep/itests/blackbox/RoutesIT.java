package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.BeforeClass;
import org.junit.Test;
import org.tonekeep.itests.blackbox.Routes.Route;

/**
 * Sessions, requests from other sites, and enumeration, over every operation of the OpenAPI
 * document. An operation that nobody thought of here fails.
 */
public class RoutesIT {
  /** What strangers may call; everything else asks them to sign in. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /api/auth/signup",
          "POST /api/auth/signup",
          "POST /api/auth/confirm",
          "POST /api/auth/login",
          "POST /api/auth/logout",
          "POST /api/auth/password/forgot",
          "POST /api/auth/password/reset",
          "POST /api/auth/passkeys/login/options",
          "POST /api/auth/passkeys/login/verify",
          "POST /api/account/email/confirm",
          "POST /api/account/email/undo");

  /** What one of these ends, the caller of the next request needs. */
  private static final Set<String> ENDS_THE_SESSION =
      Set.of("POST /api/auth/logout", "POST /api/auth/login", "POST /api/auth/signup");

  private static Distribution platform;
  private static Musician alice;
  private static Musician bob;
  private static List<Route> routes;
  private static Map<String, String> ofBob;

  @BeforeClass
  public static void boot() throws Exception {
    platform = Booted.shared();
    alice = Musician.at(platform, "demo");
    bob = Musician.at(platform, "demo");
    routes = Routes.of(alice);
    String track = bob.uploaded("Bob's", Corpus.bytes("tone.mp3")).path("id").asText();
    bob.awaitReady(track);
    String session =
        Musician.json(bob.get("/api/auth/sessions")).path("items").path(0).path("id").asText();
    HttpResponse<String> key =
        bob.post("/api/auth/keys", "{\"name\": \"Bob's player\", \"scope\": \"read\"}");
    assertThat(key.statusCode()).as(key.body()).isEqualTo(201);
    HttpResponse<String> upload =
        bob.send(
            bob.request("/api/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "1000")
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(upload.statusCode()).as(upload.body()).isEqualTo(201);
    String begun = upload.headers().firstValue("Location").orElseThrow();
    ofBob = new LinkedHashMap<>();
    ofBob.put("/api/uploads", begun.substring(begun.lastIndexOf('/') + 1));
    ofBob.put("/api/tracks", track);
    ofBob.put("/api/peaks", track);
    ofBob.put("/api/analysis", track);
    ofBob.put("/api/jobs", bob.jobs(track).path(0).path("id").asText());
    ofBob.put("/api/auth/sessions", session);
    ofBob.put("/api/auth/keys", Musician.json(key).path("id").asText());
    ofBob.put(
        "/api/audit/proof",
        Musician.json(bob.get("/api/audit/mine")).path("items").path(0).path("id").asText());
    // Nobody has one without a browser or staff: what is asked for is as absent as the other.
    for (String path : List.of("/api/auth/passkeys", "/api/breakglass", "/api/notes")) {
      ofBob.put(path, UUID.randomUUID().toString());
    }
  }

  @Test
  public void shouldAskWhoeverHasNoSessionToSignIn() throws Exception {
    Map<String, Musician> callers = new LinkedHashMap<>();
    callers.put("a stranger", Musician.stranger(platform, "demo"));
    Musician left = Musician.at(platform, "demo");
    Musician ended = left.on(platform);
    assertThat(left.post("/api/auth/logout", "").statusCode()).isEqualTo(204);
    callers.put("somebody who has signed out", ended);
    callers.put("a member of another site", Musician.at(platform, "other").at("demo"));
    callers.put("somebody with an altered cookie", alice.altered());
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Route route : routes) {
      if (OPEN.contains(route.toString())) {
        continue;
      }
      for (Map.Entry<String, Musician> caller : callers.entrySet()) {
        HttpResponse<String> answer =
            caller
                .getValue()
                .send(route.by(caller.getValue(), id(route), UnaryOperator.identity()));
        count++;
        boolean says = route.method().equals("HEAD") || answer.body().contains("sign-in-required");
        if (answer.statusCode() != 401 || !says) {
          wrong.add(route + " by " + caller.getKey() + ": " + answer.statusCode());
        }
      }
    }
    System.out.println("Session suite: " + count + " cases over " + routes.size() + " operations");
    assertThat(wrong).isEmpty();
  }

  private static String id(Route route) {
    if (!route.hasParameter()) {
      return "";
    }
    String id = ofBob.get(route.base());
    if (id == null) {
      throw new AssertionError(route + " has no case: name an object of Bob's for " + route.base());
    }
    return id;
  }

  @Test
  public void shouldRefuseEveryChangeThatAnotherSiteAsksFor() throws Exception {
    List<UnaryOperator<HttpRequest.Builder>> foreign =
        List.of(
            request -> request.header("Sec-Fetch-Site", "cross-site"),
            request -> request.header("Sec-Fetch-Site", "same-site"),
            request -> request.header("Origin", "https://evil.example"),
            request -> request.header("Origin", "null"),
            request -> request.header("Origin", "http://127.0.0.1:1"),
            request -> request.header("Origin", "http://sub.127.0.0.1:" + platform.port()));
    List<UnaryOperator<HttpRequest.Builder>> own =
        List.of(
            request -> request.header("Sec-Fetch-Site", "same-origin"),
            request -> request.header("Sec-Fetch-Site", "none"),
            request -> request.header("Origin", "http://127.0.0.1:" + platform.port()),
            UnaryOperator.identity());
    List<String> types =
        List.of(
            "application/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x");
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Route route : routes) {
      if (route.isSafe()) {
        continue;
      }
      for (UnaryOperator<HttpRequest.Builder> headers : foreign) {
        for (String type : types) {
          HttpResponse<String> answer =
              alice.send(
                  route.by(
                      alice, id(route), r -> headers.apply(r).setHeader("Content-Type", type)));
          count++;
          if (answer.statusCode() != 403 || !answer.body().contains("problem:cross-origin")) {
            wrong.add(route + " as " + type + ": " + answer.statusCode() + " " + answer.body());
          }
        }
      }
      if (!ENDS_THE_SESSION.contains(route.toString())) {
        for (UnaryOperator<HttpRequest.Builder> headers : own) {
          HttpResponse<String> answer =
              alice.send(route.by(alice, UUID.randomUUID().toString(), headers));
          count++;
          if (answer.body().contains("problem:cross-origin")) {
            wrong.add(route + " from the own site: " + answer.statusCode());
          }
        }
      }
    }
    System.out.println("Other-site suite: " + count + " cases");
    assertThat(wrong).isEmpty();
    assertThat(alice.get("/api/account").statusCode()).as("alice's session lives").isEqualTo(200);
    assertThat(alice.list("")).as("and nothing was made").isEmpty();
  }

  @Test
  public void shouldAnswerForSomebodyElsesAsForNothing() throws Exception {
    String before = everythingOfBob();
    Map<String, Musician> callers =
        Map.of(
            "another member", alice,
            "a stranger", Musician.stranger(platform, "demo"),
            "a member of another site", Musician.at(platform, "other"));
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Route route : routes) {
      if (!route.hasParameter()) {
        continue;
      }
      for (Map.Entry<String, Musician> caller : callers.entrySet()) {
        String his = id(route);
        String absent = UUID.randomUUID().toString();
        Musician asking = caller.getValue();
        Map<String, String> real =
            Routes.told(asking.send(route.by(asking, his, UnaryOperator.identity())), his);
        Map<String, String> random =
            Routes.told(asking.send(route.by(asking, absent, UnaryOperator.identity())), absent);
        count++;
        if (!real.equals(random) || real.get("status").startsWith("2")) {
          wrong.add(route + " by " + caller.getKey() + ":\n  " + real + "\n  " + random);
        }
      }
    }
    System.out.println("Enumeration suite: " + count + " pairs");
    assertThat(wrong).isEmpty();
    assertThat(everythingOfBob()).as("what Bob has").isEqualTo(before);
  }

  private static String everythingOfBob() throws Exception {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of(
            "/api/account",
            "/api/tracks",
            "/api/tracks?trash=true",
            "/api/auth/sessions",
            "/api/auth/keys",
            "/api/jobs")) {
      HttpResponse<String> answer = bob.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      all.append(path).append('\n').append(answer.body().replaceAll("\"last\\w+\":\"[^\"]*\"", ""));
    }
    return all.toString();
  }

  @Test
  public void shouldNotTellWhoHasAnAccount() throws Exception {
    // A site that asks to confirm the address first; where none does, a sign-up has to say 409.
    String known = UUID.randomUUID() + "@example.org";
    Musician visitor = Musician.stranger(platform, "confirming");
    assertThat(signUp(visitor, known).statusCode()).isEqualTo(201);
    String nobody = UUID.randomUUID() + "@example.org";
    String other = UUID.randomUUID() + "@example.org";

    assertThat(Routes.told(signUp(visitor, known), known))
        .isEqualTo(Routes.told(signUp(visitor, nobody), nobody));
    String wrong = "a phrase that nobody has";
    assertThat(Routes.told(visitor.signIn(known, wrong), known))
        .isEqualTo(Routes.told(visitor.signIn(other, wrong), other));
    String forgot = "/api/auth/password/forgot";
    assertThat(Routes.told(visitor.post(forgot, Musician.write(Map.of("email", known))), known))
        .isEqualTo(
            Routes.told(visitor.post(forgot, Musician.write(Map.of("email", other))), other));
  }

  private static HttpResponse<String> signUp(Musician visitor, String email) throws Exception {
    return visitor.post(
        "/api/auth/signup", Musician.write(Map.of("email", email, "password", Musician.PASSWORD)));
  }
}
