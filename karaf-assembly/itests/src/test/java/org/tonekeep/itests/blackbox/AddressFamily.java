package org.tonekeep.itests.blackbox;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.tonekeep.itests.Patience;

/** A4: a signed address with anything changed gives nothing. */
final class AddressFamily {
  private static final List<String> METHODS =
      List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "MKCOL", "get");
  private static final List<String> RANGES =
      List.of(
          "bytes=-",
          "bytes=5-2",
          "bytes=a-b",
          "bytes=0-0,2-3",
          "bytes=--1",
          "bytes=1-2-3",
          "bytes=99999999-",
          "bytes=-0",
          "bytes=18446744073709551616-",
          "bytes=0x1-0x2",
          "bytes= 0-1 ",
          "items=0-1",
          "bytes=0-1;q=1",
          "bytes",
          "=0-1",
          "bytes=0-\u0661");

  private final IsolationSite site;
  private final Musician victim;
  private final String url;
  private final int token;
  private final int size;

  AddressFamily(IsolationSite site) throws Exception {
    this.site = site;
    this.victim = site.person("victim");
    this.url = sign(victim, site.ids().get("track"));
    this.token = url.lastIndexOf('/') + 1;
    Wire.Answer whole = Wire.get(site.platform(), url);
    if (whole.status() != 200) {
      throw new AssertionError("The address itself: " + whole.head());
    }
    this.size = whole.body().length();
  }

  private static String sign(Musician by, String track) throws IOException, InterruptedException {
    HttpResponse<String> answer = by.post("/api/tracks/" + track + "/url", "{}");
    return Musician.json(answer).path("url").asText();
  }

  List<Case> cases() throws Exception {
    List<Case> cases = new ArrayList<>();
    altered().forEach((name, address) -> add(cases, name, address));
    for (String method : METHODS) {
      cases.add(
          new Case(
              "A4 methods",
              "A4 method " + method,
              () -> refused(Wire.send(site.platform(), method + " " + url + " HTTP/1.1", ""))));
    }
    for (String range : RANGES) {
      cases.add(new Case("A4 ranges", "A4 Range: " + range, () -> ranged(range)));
    }
    String many = "bytes=" + "0-1,".repeat(1000) + "0-1";
    cases.add(new Case("A4 ranges", "A4 a thousand ranges", () -> ranged(many)));
    site.attackers().forEach((name, caller) -> withSession(cases, name, caller));
    cases.add(new Case("A4 expiry", "A4 an address whose time is over", this::expired));
    return cases;
  }

  private void add(List<Case> cases, String name, String address) {
    cases.add(
        new Case("A4 tokens", "A4 " + name, () -> refused(Wire.get(site.platform(), address))));
  }

  private Map<String, String> altered() throws Exception {
    Map<String, String> altered = new java.util.LinkedHashMap<>();
    String signed = url.substring(token);
    String root = url.substring(0, token);
    for (int i = 0; i < signed.length(); i++) {
      char c = signed.charAt(i);
      char flipped = c == '.' ? '-' : flip(c);
      altered.put(
          "character " + i + " flipped",
          root + signed.substring(0, i) + flipped + signed.substring(i + 1));
      if (i % 3 == 0) {
        altered.put("cut to " + i, root + signed.substring(0, i));
        altered.put("without its first " + (i + 1), root + signed.substring(i + 1));
        altered.put("doubled at " + (i + 1), root + signed.substring(0, i + 1) + signed);
      }
    }
    String[] parts = signed.split("\\.", -1);
    if (parts.length > 1) {
      altered.put("parts the other way round", root + parts[1] + "." + parts[0]);
    }
    String other = sign(site.person("another member"), otherTrack());
    String theirs = other.substring(other.lastIndexOf('/') + 1);
    altered.put(
        "signature of another",
        root + signed.substring(0, signed.length() - 43) + theirs.substring(theirs.length() - 43));
    for (String more :
        List.of(
            "?",
            "?x=1",
            "?token=" + signed,
            "?a=1&a=2",
            "/",
            "/x",
            ";x",
            ".mp3",
            "%20",
            "=",
            "==",
            "%3D")) {
      altered.put("with " + more, url + more);
    }
    for (String tenant : List.of(IsolationSite.AWAY, "quiet", "demo", "nobody", "ALPHA")) {
      altered.put("at " + tenant, url.replace("/t/alpha/", "/t/" + tenant + "/"));
    }
    altered.put("without the site", url.replace("/t/alpha", ""));
    altered.put("in capitals", root + signed.toUpperCase(java.util.Locale.ROOT));
    altered.put(
        "percent-encoded",
        root + "%" + Integer.toHexString(signed.charAt(0)) + signed.substring(1));
    altered.put(
        "in plain Base64",
        root
            + Base64.getEncoder()
                .encodeToString(signed.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    return altered;
  }

  private String otherTrack() throws Exception {
    return site.person("another member")
        .uploaded("Theirs", org.tonekeep.itests.Tone.wav(1, 300))
        .path("id")
        .asText();
  }

  /** The last bit that counts in a letter of Base64. */
  private static char flip(char c) {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return letters.charAt(letters.indexOf(c) ^ 32);
  }

  private static String refused(Wire.Answer answer) {
    return answer.status() >= 400 && answer.status() < 500 ? "" : answer.head();
  }

  /** The whole, the part that was asked for, or 416; never more and never an error of ours. */
  private String ranged(String range) throws IOException {
    Wire.Answer answer = Wire.get(site.platform(), url, "Range: " + range);
    boolean right =
        switch (answer.status()) {
          case 200 -> answer.body().length() == size;
          case 206 -> answer.body().length() <= size && !answer.header("Content-Range").isEmpty();
          case 416 -> answer.header("Content-Range").equals("bytes */" + size);
          case 400, 431 -> true;
          default -> false;
        };
    return right ? "" : answer.head();
  }

  /** Whoever is known may not use another's address, even having found it. */
  private void withSession(List<Case> cases, String name, Musician caller) {
    if (caller.cookie().isEmpty() || !caller.root().equals("/t/" + IsolationSite.HOME)) {
      return;
    }
    cases.add(
        new Case(
            "A4 sessions",
            "A4 shown by " + name,
            () -> {
              Wire.Answer answer = Wire.get(site.platform(), url, "Cookie: " + caller.cookie());
              boolean nobody =
                  caller.get("/api/account").statusCode() == 401 && answer.status() == 200;
              return nobody ? "" : refused(answer);
            }));
  }

  private String expired() throws Exception {
    Musician member = site.member("brief");
    String id = member.uploaded("Brief", org.tonekeep.itests.Tone.wav(1, 440)).path("id").asText();
    String address = sign(member, id);
    Patience.until("the address is over", () -> Wire.get(site.platform(), address).status() == 403);
    HttpRequest.Builder again = member.request("/api/tracks/" + id).GET();
    return member.send(again).statusCode() == 200 ? "" : "the track went with it";
  }
}
