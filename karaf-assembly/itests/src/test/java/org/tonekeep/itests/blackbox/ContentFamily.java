package org.tonekeep.itests.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.tonekeep.itests.Tone;

/** A10: content that is not what it says, or costs more than it looks. Refused or inert. */
final class ContentFamily {
  private static final long SLOWEST_SECONDS = 20;
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final List<String> TEXTS =
      List.of(
          SCRIPT,
          "\"><img src=x onerror=alert(1)>",
          "javascript:alert(1)",
          "=1+1",
          "+1",
          "-1",
          "@SUM(A1)",
          "=HYPERLINK(\"http://x\")",
          "\tx",
          "a\r\nSet-Cookie: a=b",
          "a\nb",
          "a\rb",
          "a\u2028b",
          "\u001b[31mred",
          "${jndi:ldap://127.0.0.1/a}",
          "#{7*7}",
          "${7*7}",
          "{{7*7}}",
          "%s%s%n",
          "'; DROP TABLE catalog_track; --",
          "\\",
          "\"",
          "'",
          "<!--",
          "]]>",
          "&amp;",
          "data:text/html,x",
          "../../x",
          "a".repeat(5000),
          "\ud83c\udfb5".repeat(50));

  private final IsolationSite site;
  private final Musician member;
  private final String track;

  ContentFamily(IsolationSite site) throws Exception {
    this.site = site;
    this.member = site.member("quiet");
    this.track = member.uploaded("Own", Tone.wav(1, 440)).path("id").asText();
  }

  List<Case> cases() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, byte[]> one : files().entrySet()) {
      for (String type : List.of("image/png", "image/jpeg", "image/svg+xml", "text/html")) {
        cases.add(
            new Case(
                "A10 images",
                "A10 image " + one.getKey() + " as " + type,
                () -> noImage(type, one.getValue())));
      }
      for (String type :
          List.of("audio/mpeg", "audio/wav", "application/octet-stream", "text/html")) {
        cases.add(
            new Case(
                "A10 audio",
                "A10 audio " + one.getKey() + " as " + type,
                () -> noAudio(type, one.getValue())));
      }
    }
    for (String text : TEXTS) {
      String name = text.length() > 40 ? text.length() + " letters" : text;
      cases.add(new Case("A10 texts", "A10 served under the title " + name, () -> named(text)));
    }
    for (Map.Entry<String, String> body : bodies().entrySet()) {
      for (String path : List.of("/api/account", "/api/tracks/" + track)) {
        String where = path.startsWith("/api/tracks") ? "a track" : "the account";
        cases.add(
            new Case(
                "A10 bodies",
                "A10 " + body.getKey() + " for " + where,
                () -> cheap(path, body.getValue())));
      }
    }
    for (String coding : List.of("gzip", "deflate", "br", "zstd", "identity, gzip", "x-gzip")) {
      cases.add(new Case("A10 bombs", "A10 a bomb as " + coding, () -> bomb(coding)));
    }
    return cases;
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    files.put("SVG", svg.getBytes(UTF_8));
    files.put(
        "SVG with entities",
        ("<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + svg).getBytes(UTF_8));
    files.put("HTML", ("<!doctype html>" + SCRIPT).getBytes(UTF_8));
    files.put("GIF with script", ("GIF89a=1;/*" + SCRIPT + "*/").getBytes(UTF_8));
    files.put("BMP with script", ("BM=1;/*" + SCRIPT).getBytes(UTF_8));
    files.put("PDF", "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript>>>>".getBytes(UTF_8));
    files.put("a zip", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0});
    files.put("Java's serialized bytes", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r'});
    files.put("ELF", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    files.put("a shell script", "#!/bin/sh\nid\n".getBytes(UTF_8));
    files.put("nothing", new byte[0]);
    files.put("one byte", new byte[] {1});
    files.put(
        "XML bomb",
        ("<!DOCTYPE b [<!ENTITY a \"" + "x".repeat(99) + "\">]><b>&a;</b>").getBytes(UTF_8));
    files.put("a playlist", "#EXTM3U\nfile:///etc/passwd\n".getBytes(UTF_8));
    files.put("a concat script", "ffconcat version 1.0\nfile /etc/passwd\n".getBytes(UTF_8));
    files.put("PNG's head only", java.util.Arrays.copyOf(Pictures.png(), 24));
    files.put("PNG of 2^31 pixels", huge());
    return files;
  }

  /** The size is in the header, and nothing behind it. */
  private static byte[] huge() {
    byte[] png = Pictures.png();
    png[16] = 0x7f;
    png[20] = 0x7f;
    return png;
  }

  private String noImage(String type, byte[] bytes) throws Exception {
    Musician by = site.person("another member");
    HttpResponse<String> answer =
        by.send(
            by.request("/api/account/image")
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    return refused(answer);
  }

  private static String refused(HttpResponse<String> answer) {
    boolean refused = answer.statusCode() >= 400 && answer.statusCode() < 500;
    return refused && !answer.body().contains("root:") ? "" : answer.statusCode() + answer.body();
  }

  private String noAudio(String type, byte[] bytes) throws Exception {
    return refused(
        member.send(
            member
                .request("/api/tracks?title=x")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))));
  }

  /** A title comes back as JSON and as a file's name, and is nothing but text in either. */
  private synchronized String named(String text) throws Exception {
    HttpResponse<String> answer =
        member.patch("/api/tracks/" + track, Musician.write(Map.of("title", text)));
    if (answer.statusCode() == 422) {
      return "";
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() != 200 || !type.startsWith("application/json")) {
      return answer.statusCode() + type;
    }
    String url =
        Musician.json(
                member.post("/api/tracks/" + track + "/url", "{\"disposition\": \"attachment\"}"))
            .path("url")
            .asText();
    Wire.Answer file = Wire.get(site.platform(), url);
    String disposition = file.header("Content-Disposition");
    boolean inert =
        file.status() == 200
            && disposition.matches(
                "attachment; filename=\"[^\"\\\\/\\x00-\\x1f]*\"(; filename\\*=UTF-8''[\\w.%!#$&+^`|~-]*)?")
            && file.header("Set-Cookie").isEmpty()
            && file.header("X-Content-Type-Options").equals("nosniff")
            && file.header("Content-Type").startsWith("audio/");
    return inert ? "" : file.head();
  }

  private static Map<String, String> bodies() {
    Map<String, String> bodies = new LinkedHashMap<>();
    for (int depth : new int[] {100, 10_000, 100_000}) {
      bodies.put(depth + " lists", "[".repeat(depth));
      bodies.put(depth + " objects", "{\"a\":".repeat(depth));
      bodies.put(depth + " lists in a title", "{\"title\": " + "[".repeat(depth));
    }
    for (int digits : new int[] {1_000, 100_000, 900_000}) {
      bodies.put(digits + " digits", "{\"title\": " + "9".repeat(digits) + "}");
      bodies.put(digits + " letters of a name", "{\"" + "n".repeat(digits) + "\": 1}");
    }
    bodies.put("an exponent", "{\"title\": 1e999999999}");
    StringBuilder same = new StringBuilder("{\"a\": 1");
    for (int i = 0; i < 20_000; i++) {
      // Names of one hash code, which would make one long list of a hash table.
      String bits = String.format("%16s", Integer.toBinaryString(i)).replace(' ', '0');
      same.append(", \"").append(bits.replace("0", "Aa").replace("1", "BB")).append("\": 1");
    }
    bodies.put("names of one hash", same.append('}').toString());
    bodies.put("two megabytes", "{\"title\": \"" + "x".repeat(2 << 20) + "\"}");
    bodies.put(
        "UTF-16",
        new String(
            "{\"title\": \"x\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16), ISO_8859_1));
    return bodies;
  }

  private String cheap(String path, String body) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer;
    try {
      answer = member.patch(path, body);
    } catch (IOException cutOff) {
      return ""; // too much was sent to be read to its end
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    return seconds > SLOWEST_SECONDS ? "took " + seconds + " s" : refused(answer);
  }

  /** Nothing here unpacks what it is sent. */
  private String bomb(String coding) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] blanks = " ".repeat(1 << 16).getBytes(UTF_8);
      for (int i = 0; i < 1600; i++) {
        gzip.write(blanks);
      }
    }
    return refused(
        member.send(
            member
                .request("/api/tracks/" + track)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))));
  }
}
