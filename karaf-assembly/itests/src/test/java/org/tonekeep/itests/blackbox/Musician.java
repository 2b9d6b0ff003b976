package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.tonekeep.itests.Patience;

/** A person at a tenant, over HTTP only. */
final class Musician {
  static final String PASSWORD = "a long enough phrase";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Distribution platform;
  private final String root;
  private final String email = UUID.randomUUID() + "@example.org";
  private String cookie = "";
  private String address = "";
  private String agent = "";
  private String key = "";

  private Musician(Distribution platform, String tenant) {
    this.platform = platform;
    this.root = "/t/" + tenant;
  }

  /** Nobody the tenant knows. */
  static Musician stranger(Distribution platform, String tenant) {
    return new Musician(platform, tenant);
  }

  /** Signs up. */
  static Musician at(Distribution platform, String tenant) throws Exception {
    Musician musician = stranger(platform, tenant);
    musician.take(musician.post("/api/auth/signup", credentials(musician.email, PASSWORD)), 201);
    return musician;
  }

  /** The same person on another node or after a restart, with the session that was given before. */
  Musician on(Distribution other) {
    Musician same = new Musician(other, root.substring("/t/".length()));
    same.cookie = cookie;
    return same;
  }

  /** From now on this person comes from an address, by a proxy on this machine. */
  Musician seenAs(String network, String browser) {
    address = network;
    agent = browser;
    return this;
  }

  /** The same cookie, shown to another site. */
  Musician at(String tenant) {
    Musician there = new Musician(platform, tenant);
    there.cookie = cookie;
    return there;
  }

  /** A player with an app key instead of the cookie. */
  Musician player(String secret) {
    Musician player = new Musician(platform, root.substring("/t/".length()));
    player.key = secret;
    return player;
  }

  /** The same person with another cookie, as it would be sent. */
  Musician showing(String other) {
    Musician same = on(platform);
    same.cookie = other;
    return same;
  }

  /** Goes on with the session that an answer gave, if it gave one. */
  void goOnWith(HttpResponse<?> answer) {
    answer
        .headers()
        .firstValue("Set-Cookie")
        .map(line -> line.split(";")[0])
        .filter(given -> !given.endsWith("="))
        .ifPresent(given -> cookie = given);
  }

  /** The path before every path: {@code /t/<tenant>}. */
  String root() {
    return root;
  }

  /** The same cookie with one character changed. */
  Musician altered() {
    Musician forger = on(platform);
    int last = cookie.length() - 10;
    forger.cookie =
        cookie.substring(0, last)
            + (cookie.charAt(last) == 'A' ? 'B' : 'A')
            + cookie.substring(last + 1);
    return forger;
  }

  /** Signs in; keeps the session when it worked. */
  HttpResponse<String> signIn(String address, String password) throws Exception {
    HttpResponse<String> answer = post("/api/auth/login", credentials(address, password));
    if (answer.statusCode() == 200) {
      take(answer, 200);
    }
    return answer;
  }

  /** Changes the password; the session that was is replaced by the one in the answer. */
  void changePassword(String current, String next) throws Exception {
    take(post("/api/auth/password", write(Map.of("current", current, "new", next))), 204);
  }

  private void take(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private static String credentials(String email, String password) {
    return write(Map.of("email", email, "password", password));
  }

  String email() {
    return email;
  }

  /** The account's id. */
  String account() throws IOException, InterruptedException {
    return json(get("/api/account")).path("id").asText();
  }

  String cookie() {
    return cookie;
  }

  HttpClient client() {
    return client;
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(platform.address(root + path));
    if (!address.isEmpty()) {
      builder
          .header("X-Forwarded-For", address)
          .header("X-Forwarded-Proto", "https")
          .header("User-Agent", agent);
    }
    if (!key.isEmpty()) {
      builder.header("Authorization", "Bearer " + key);
    }
    return cookie.isEmpty() ? builder : builder.header("Cookie", cookie);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(withJson(path, "POST", json));
  }

  HttpResponse<String> patch(String path, String json) throws IOException, InterruptedException {
    return send(withJson(path, "PATCH", json));
  }

  private HttpRequest.Builder withJson(String path, String method, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(json));
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  /** Uploads a raw body. */
  HttpResponse<String> upload(String title, byte[] bytes) throws IOException, InterruptedException {
    return send(
        request("/api/tracks?title=" + title)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  /** Uploads a form: the fields of the map in its order, the file where the map says null. */
  HttpResponse<String> uploadForm(Map<String, String> fields, String fileName, byte[] file)
      throws IOException, InterruptedException {
    String boundary = "boundary-" + UUID.randomUUID();
    List<byte[]> parts = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name;
          String text =
              value == null
                  ? "\"; filename=\"" + fileName + "\"\r\nContent-Type: audio/mpeg\r\n\r\n"
                  : "\"\r\n\r\n" + value + "\r\n";
          parts.add((head + text).getBytes(java.nio.charset.StandardCharsets.UTF_8));
          if (value == null) {
            parts.add(file);
            parts.add("\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          }
        });
    parts.add(("--" + boundary + "--\r\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return send(
        request("/api/tracks")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(HttpRequest.BodyPublishers.ofByteArrays(parts)));
  }

  /** Uploads what must be taken; gives the new track. */
  JsonNode uploaded(String title, byte[] bytes) throws Exception {
    HttpResponse<String> answer = upload(title, bytes);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  JsonNode track(String id) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/tracks/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  /** Waits for the end of a track's analysis. */
  JsonNode awaitEnd(String id) throws Exception {
    Patience.until(
        "track " + id + " is analysed",
        () -> List.of("ready", "failed").contains(track(id).path("state").asText()));
    return track(id);
  }

  /** Waits until a track is ready; that it fails is an error. */
  JsonNode awaitReady(String id) throws Exception {
    JsonNode track = awaitEnd(id);
    assertThat(track.path("state").asText()).as(track.toString()).isEqualTo("ready");
    return track;
  }

  /** The ids of all tracks in the list's order. */
  List<String> list(String query) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/tracks" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    json(answer).path("items").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  /** The jobs of a track. */
  JsonNode jobs(String track) throws IOException, InterruptedException {
    return json(get("/api/jobs?subject=" + track)).path("items");
  }

  /** Listens to a job until its last event; gives all as {@code name} and {@code data}. */
  List<Map.Entry<String, JsonNode>> events(String job) throws IOException, InterruptedException {
    List<Map.Entry<String, JsonNode>> events = new ArrayList<>();
    HttpResponse<Stream<String>> answer =
        client.send(
            request("/api/jobs/" + job + "/events").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofLines());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    String name = "";
    try (Stream<String> lines = answer.body()) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          events.add(Map.entry(name, JSON.readTree(line.substring("data:".length()))));
        }
      }
    }
    return events;
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  static String write(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
