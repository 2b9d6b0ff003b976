package org.tonekeep.itests.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.tonekeep.itests.Patience;

/** A person with an account at a tenant, over HTTP only. */
final class Musician {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Distribution platform;
  private final String root;
  private final String email = UUID.randomUUID() + "@example.org";
  private String cookie = "";

  private Musician(Distribution platform, String tenant) {
    this.platform = platform;
    this.root = "/t/" + tenant;
  }

  static final String PASSWORD = "a long enough phrase";

  /** Signs up. */
  static Musician at(Distribution platform, String tenant) throws Exception {
    Musician musician = new Musician(platform, tenant);
    HttpResponse<String> answer =
        musician.post(
            "/api/auth/signup",
            "{\"email\":\"" + musician.email + "\",\"password\":\"" + PASSWORD + "\"}");
    if (answer.statusCode() != 201) {
      throw new AssertionError("Sign-up: " + answer.statusCode() + " " + answer.body());
    }
    musician.cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    return musician;
  }

  String email() {
    return email;
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(platform.address(root + path));
    return cookie.isEmpty() ? builder : builder.header("Cookie", cookie);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  HttpResponse<String> upload(String title, byte[] bytes) throws IOException, InterruptedException {
    return send(
        request("/api/tracks?title=" + title)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  /** Waits for the end of a track's analysis. */
  JsonNode awaitEnd(String track) throws Exception {
    Patience.until(
        "track " + track + " is analysed",
        () -> {
          String state = json(get("/api/tracks/" + track)).path("state").asText();
          return state.equals("ready") || state.equals("failed");
        });
    return json(get("/api/tracks/" + track));
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }
}
