package org.tonekeep.itests;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Somebody who speaks HTTP with the platform that this code runs in; anonymous until signed up. */
final class Visitor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String root;
  private String cookie = "";
  private String account = "";
  private String email = "";

  private Visitor(String root) {
    this.root = root;
  }

  /** Somebody unknown at a tenant. */
  static Visitor at(String tenant) {
    return new Visitor("/t/" + tenant);
  }

  /** Somebody who asks for addresses as they stand. */
  static Visitor anywhere() {
    return new Visitor("");
  }

  /** Somebody with a new account and a session. */
  static Visitor signedUpAt(String tenant) throws IOException, InterruptedException {
    Visitor visitor = at(tenant);
    visitor.email = UUID.randomUUID() + "@example.org";
    HttpResponse<String> answer = visitor.post("/api/auth/signup", visitor.credentials());
    assertEquals(answer.body(), 201, answer.statusCode());
    visitor.cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    visitor.account = json(answer).path("id").asText();
    return visitor;
  }

  private String credentials() {
    return JSON.createObjectNode()
        .put("email", email)
        .put("password", "a long enough phrase")
        .toString();
  }

  /** Begins a new session, as after the account was given a role. */
  void signIn() throws IOException, InterruptedException {
    cookie = "";
    HttpResponse<String> answer = post("/api/auth/login", credentials());
    assertEquals(answer.body(), 200, answer.statusCode());
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  /** The same browser at another tenant: it shows the same cookie there. */
  Visitor strayingTo(String tenant) {
    Visitor same = at(tenant);
    same.cookie = cookie;
    return same;
  }

  String account() {
    return account;
  }

  static URI address(String path) {
    return URI.create("http://127.0.0.1:" + System.getProperty("tonekeep.http.port") + path);
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(root + path)).timeout(Duration.ofMinutes(1));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return withBody("POST", path, json);
  }

  HttpResponse<String> patch(String path, String json) throws IOException, InterruptedException {
    return withBody("PATCH", path, json);
  }

  private HttpResponse<String> withBody(String method, String path, String json)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  /** Uploads a tone, whatever the answer. */
  HttpResponse<String> upload(int seconds) throws IOException, InterruptedException {
    return send(
        request("/api/tracks?title=Tone")
            .header("Content-Type", "audio/wav")
            .POST(BodyPublishers.ofByteArray(Tone.wav(seconds, 440))));
  }

  /** Begins to upload a tone whose end the test holds back. */
  CompletableFuture<HttpResponse<String>> beginUpload(SlowTone tone) {
    HttpRequest.Builder request =
        request("/api/tracks?title=Slow")
            .header("Content-Type", "audio/wav")
            .POST(BodyPublishers.ofInputStream(tone::stream));
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** Uploads a tone that must be taken, and gives its track's id. */
  String uploaded(int seconds) throws IOException, InterruptedException {
    HttpResponse<String> answer = upload(seconds);
    assertEquals(answer.body(), 201, answer.statusCode());
    return json(answer).path("id").asText();
  }

  String stateOf(String track) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/tracks/" + track);
    assertEquals(answer.body(), 200, answer.statusCode());
    return json(answer).path("state").asText();
  }

  /** Waits until the track has been analysed. */
  void awaitReady(String track, String what) throws Exception {
    Patience.until(what + " is ready", () -> !isPending(stateOf(track)));
    assertEquals(what, "ready", stateOf(track));
  }

  private static boolean isPending(String state) {
    return state.equals("uploaded") || state.equals("analysing");
  }

  /** A signed address of the track's bytes, below the server's root. */
  String addressOf(String track) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/api/tracks/" + track + "/url", "{}");
    assertEquals(answer.body(), 200, answer.statusCode());
    return json(answer).path("url").asText();
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  /** Asserts that an answer is the problem document of that status and code. */
  static JsonNode assertProblem(int status, String code, HttpResponse<String> answer)
      throws IOException {
    String what = answer.uri() + " answered " + answer.statusCode() + " " + answer.body();
    assertEquals(what, status, answer.statusCode());
    assertEquals(
        what,
        "application/problem+json",
        answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""));
    JsonNode problem = json(answer);
    assertEquals(what, "urn:tonekeep:problem:" + code, problem.path("type").asText());
    return problem;
  }
}
