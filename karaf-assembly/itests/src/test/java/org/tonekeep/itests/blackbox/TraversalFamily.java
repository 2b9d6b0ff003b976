package org.tonekeep.itests.blackbox;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tonekeep.itests.Tone;

/** A2: ways out of a folder, in every place where a name could become a path. */
final class TraversalFamily {
  private static final List<String> UP =
      List.of(
          "..",
          "%2e%2e",
          ".%2E",
          "%252e%252e",
          "%25252e%25252e",
          "%c0%ae%c0%ae",
          "%e0%80%ae%e0%80%ae",
          "%ef%bc%8e%ef%bc%8e",
          "..;",
          "..%00",
          "...",
          "%u002e%u002e");
  private static final List<String> BETWEEN = List.of("/", "%2f", "%5c", "\\", "%c0%af");
  private static final List<String> SPECIAL =
      List.of(
          "/etc/passwd",
          "//etc/passwd",
          "file:///etc/passwd",
          "C:\\Windows\\win.ini",
          "\\\\127.0.0.1\\c$\\x",
          "NUL",
          "CON",
          "aux.wav",
          "COM1",
          "x::$DATA",
          "x.",
          "x%20",
          "x%00.wav",
          "~root",
          "%00",
          "%0d%0a",
          "..",
          ".",
          "~",
          "$HOME",
          "`id`",
          "*");

  private static final List<String> IN_PATHS =
      List.of(
          "GET /api/tracks/",
          "PATCH /api/tracks/",
          "GET /api/peaks/",
          "GET /api/analysis/",
          "GET /api/jobs/",
          "GET /api/audit/proof/",
          "DELETE /api/auth/sessions/",
          "DELETE /api/auth/keys/",
          "DELETE /api/uploads/",
          "GET /api/breakglass/",
          "GET /b/",
          "GET /tlog/tile/");

  private final IsolationSite site;
  private final Musician member;
  private final String track;

  TraversalFamily(IsolationSite site) throws Exception {
    this.site = site;
    this.member = site.member("quiet");
    this.track = member.uploaded("Own", Tone.wav(1, 440)).path("id").asText();
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String attack : attacks()) {
      for (String sink : IN_PATHS) {
        cases.add(
            new Case("A2 paths", "A2 " + sink + " with " + attack, () -> inPath(sink, attack)));
      }
      // As text it is what it is: a name, never a path.
      Map<String, TextSink> sinks =
          Map.of(
              "a title", this::title,
              "an upload's file name", this::fileName,
              "a display name", this::displayName);
      sinks.forEach(
          (name, sink) ->
              cases.add(
                  new Case(
                      "A2 texts", "A2 " + name + " is " + attack, () -> sink.complaint(attack))));
    }
    cases.add(new Case("A2 afterwards", "A2 files lie where they should", this::strayFiles));
    return cases;
  }

  private static List<String> attacks() {
    List<String> attacks = new ArrayList<>(SPECIAL);
    for (String up : UP) {
      for (String between : BETWEEN) {
        attacks.add((up + between).repeat(6) + "etc" + between + "passwd");
      }
    }
    return attacks;
  }

  private String inPath(String sink, String attack) throws IOException {
    Musician by = site.person("another member");
    int blank = sink.indexOf(' ');
    String[] headers = {
      "Cookie: " + by.cookie(), "Content-Type: application/json", "Tus-Resumable: 1.0.0"
    };
    Wire.Answer answer =
        Wire.send(
            site.platform(),
            sink.substring(0, blank)
                + " "
                + by.root()
                + sink.substring(blank + 1)
                + attack
                + " HTTP/1.1",
            sink.startsWith("PATCH") ? "{\"title\": \"Taken\"}" : "",
            headers);
    boolean refused = answer.status() >= 400 && answer.status() < 500;
    return refused && !answer.body().contains("root:") ? "" : answer.toString();
  }

  private interface TextSink {
    String complaint(String attack) throws Exception;
  }

  private synchronized String title(String attack) throws Exception {
    HttpResponse<String> answer =
        member.patch("/api/tracks/" + track, Musician.write(Map.of("title", attack)));
    return same(answer, "title", attack);
  }

  private synchronized String displayName(String attack) throws Exception {
    HttpResponse<String> answer =
        member.patch("/api/account", Musician.write(Map.of("displayName", attack)));
    return same(answer, "displayName", attack);
  }

  private static String same(HttpResponse<String> answer, String field, String text)
      throws IOException {
    boolean kept =
        answer.statusCode() == 200 && Musician.json(answer).path(field).asText().equals(text);
    return kept || answer.statusCode() == 422 ? "" : answer.statusCode() + answer.body();
  }

  private String fileName(String attack) throws Exception {
    String name = Base64.getEncoder().encodeToString(attack.getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        member.send(
            member
                .request("/api/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "5")
                .header("Upload-Metadata", "filename " + name)
                .header("Content-Type", "application/offset+octet-stream")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("RIF")));
    if (answer.statusCode() == 400 || answer.statusCode() == 422) {
      return "";
    }
    String location = answer.headers().firstValue("Location").orElse("none");
    boolean named = location.matches(".*/api/uploads/[0-9a-f-]{36}");
    return answer.statusCode() == 201 && named ? "" : answer.statusCode() + " " + location;
  }

  /** Every file of the store is below its tenant, under names that we made. */
  private String strayFiles() throws IOException {
    List<String> stray = new ArrayList<>();
    Path data = site.platform().data();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = data.relativize(file).toString();
        if (!name.matches("[\\w/.$~+-]*") || name.contains("passwd") || name.contains("..")) {
          stray.add(name);
        }
      }
    }
    return stray.isEmpty() ? "" : stray.toString();
  }
}
