package org.tonekeep.testing.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** A musician at one tenant. */
final class Site {
  static final String PASSWORD = "a long enough phrase";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String root;
  private final String cookie;
  private final String email = UUID.randomUUID() + "@example.org";

  /** Signs up. */
  Site(int port, String tenant) throws IOException {
    this.port = port;
    this.root = "/t/" + tenant;
    String body = "{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(root + "/api/auth/signup"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> answer = expect(201, request);
    this.cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  String email() {
    return email;
  }

  /** The header line of the session. */
  String session() {
    return "Cookie: " + cookie + "\r\n";
  }

  String path(String path) {
    return root + path;
  }

  /** Uploads a file that is made while it is sent; returns the track. */
  JsonNode upload(String title, long length, Supplier<InputStream> bytes) throws IOException {
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.fromPublisher(
            HttpRequest.BodyPublishers.ofInputStream(bytes), length);
    HttpRequest.Builder request =
        own("/api/tracks?title=" + title).header("Content-Type", "audio/wav").POST(body);
    return JSON.readTree(expect(201, request).body());
  }

  JsonNode track(String id) throws IOException {
    return JSON.readTree(expect(200, own("/api/tracks/" + id)).body());
  }

  JsonNode tracks() throws IOException {
    return JSON.readTree(expect(200, own("/api/tracks?limit=200")).body());
  }

  /** A signed address of the track's bytes, as a path. */
  String address(JsonNode track) throws IOException {
    HttpRequest.Builder request =
        own("/api/tracks/" + track.path("id").asText() + "/url")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    return JSON.readTree(expect(200, request).body()).path("url").asText();
  }

  /** Removes all tracks for good. */
  void empty() throws IOException {
    for (JsonNode page = tracks().path("items"); !page.isEmpty(); page = tracks().path("items")) {
      for (JsonNode track : page) {
        expect(204, own("/api/tracks/" + track.path("id").asText() + "?now=true").DELETE());
      }
    }
  }

  private HttpRequest.Builder own(String path) {
    return HttpRequest.newBuilder(address(root + path)).header("Cookie", cookie);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> expect(int status, HttpRequest.Builder request) throws IOException {
    HttpResponse<String> answer;
    try {
      answer =
          client.send(
              request.timeout(Duration.ofMinutes(3)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
    if (answer.statusCode() != status) {
      throw new IOException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer;
  }
}
