package org.tonekeep.itests.blackbox;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tonekeep.itests.Tone;

/** A5: headers by which a request pretends to come from, go to or mean something else. */
final class SpoofFamily {
  private static final List<String> HEADERS =
      List.of(
          "X-Original-URL: /t/alpha/api/account",
          "X-Rewrite-URL: /t/alpha/api/account",
          "X-HTTP-Method-Override: DELETE",
          "X-HTTP-Method: DELETE",
          "X-Method-Override: DELETE",
          "_method: DELETE",
          "X-Tenant: alpha",
          "X-Tenant-Id: alpha",
          "X-Forwarded-Host: alpha",
          "X-Forwarded-Host: demo.localhost",
          "X-Forwarded-Server: demo.localhost",
          "X-Forwarded-Prefix: /t/alpha",
          "X-Forwarded-Path: /t/alpha",
          "X-Forwarded-Port: 1",
          "X-Forwarded-User: {account}",
          "X-Remote-User: {account}",
          "Remote-User: {account}",
          "X-User: {account}",
          "X-User-Id: {account}",
          "X-Account: {account}",
          "X-Authenticated-User: {account}",
          "X-Auth-Request-User: {account}",
          "From: {email}",
          "X-Real-IP: 127.0.0.1",
          "X-Client-IP: 127.0.0.1",
          "True-Client-IP: 127.0.0.1",
          "CF-Connecting-IP: 127.0.0.1",
          "CF-IPCountry: XX",
          "X-Cluster-Client-IP: 127.0.0.1",
          "Forwarded: for=127.0.0.1;host=demo.localhost",
          "Forwarded: for=\"[::1]\"",
          "X-Forwarded-For: 127.0.0.1, 127.0.0.1",
          "X-Custom-IP-Authorization: 127.0.0.1",
          "X-Roles: staff",
          "X-Admin: true",
          "X-Internal: 1",
          "Via: 1.1 localhost",
          "Authorization: Basic YWRtaW46YWRtaW4=",
          "Proxy-Authorization: Basic YTph",
          "SSL_CLIENT_S_DN: CN=admin",
          "X-Client-Cert: x",
          "TE: trailers");
  private static final List<String> PATHS =
      List.of(
          "/api/account",
          "/api/tracks/{track}",
          "/api/breakglass",
          "/api/notes?account={account}",
          "/api/auth/sessions",
          "/api/jobs/{job}",
          "/api/audit/mine");
  private static final List<String> HOSTS =
      List.of(
          "alpha",
          "demo.localhost.",
          "DEMO.LOCALHOST",
          "demo.localhost:99999",
          "demo.localhost:",
          "u@demo.localhost",
          "demo.localhost@evil",
          "demo.localhost/",
          "demo.localhost,evil",
          "evil.demo.localhost",
          "demo.localhost.evil",
          "[::1]",
          "[::1",
          "0",
          "127.1",
          "2130706433",
          "localhost",
          "",
          " ",
          "demo.localhost%00",
          "demo.localhost\u0000.evil");

  private final IsolationSite site;

  SpoofFamily(IsolationSite site) {
    this.site = site;
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String header : HEADERS) {
      for (String path : PATHS) {
        for (String who :
            List.of("anonymous", "another member", "a member of another site, there")) {
          cases.add(
              new Case(
                  "A5 headers",
                  "A5 " + header + " to " + path + " by " + who,
                  () -> ignored(header, path, site.person(who))));
        }
      }
      cases.add(new Case("A5 methods", "A5 a POST with " + header, () -> notDeleted(header)));
    }
    for (String host : HOSTS) {
      cases.add(new Case("A5 hosts", "A5 Host: " + host, () -> noOther(host)));
      cases.add(
          new Case(
              "A5 hosts",
              "A5 two hosts, the second " + host,
              () -> refused("Host: demo.localhost", "Host: " + host)));
      cases.add(
          new Case(
              "A5 hosts",
              "A5 absolute form for another host than " + host,
              () -> absolute("kan.localhost", host)));
    }
    return cases;
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> id : site.ids().entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    return filled;
  }

  /** The header changes nothing. */
  private String ignored(String header, String path, Musician by) throws Exception {
    Map<String, String> plain = Routes.told(by.get(filled(path)));
    int colon = header.indexOf(':');
    Wire.Answer spoofed =
        Wire.get(
            site.platform(),
            by.root() + filled(path),
            by.cookie().isEmpty() ? "Accept: */*" : "Cookie: " + by.cookie(),
            header.substring(0, colon) + filled(header.substring(colon)));
    boolean same = plain.get("status").equals("" + spoofed.status());
    // A proxy that does not say https means plain http from elsewhere, which is refused.
    boolean noTls =
        header.contains("orwarded") && spoofed.status() == 403 && spoofed.body().contains("tls");
    boolean badKey =
        header.startsWith("Authorization") && (spoofed.status() == 400 || spoofed.status() == 401);
    return same || noTls || badKey ? "" : plain.get("status") + " became " + spoofed.head();
  }

  private String notDeleted(String header) throws Exception {
    Musician member = site.member("quiet");
    String id = member.uploaded("Mine", Tone.wav(1, 440)).path("id").asText();
    int colon = header.indexOf(':');
    String name = header.substring(0, colon);
    HttpResponse<String> unused =
        member.send(
            member
                .request("/api/tracks/" + id)
                .header(name, filled(header.substring(colon + 1).strip()))
                .POST(HttpRequest.BodyPublishers.noBody()));
    return member.get("/api/tracks/" + id).statusCode() == 200 ? "" : "the track is gone";
  }

  /** No host but a tenant's own opens its site. */
  private String noOther(String host) throws IOException {
    Wire.Answer answer = Wire.get(site.platform(), "/api/tracks", "Host: " + host);
    boolean demo = host.toLowerCase(java.util.Locale.ROOT).matches("demo.localhost\\.?(:\\d*)?");
    return answer.status() == 404
            || answer.status() == 400
            || answer.status() == 0
            || (demo && answer.status() == 401)
        ? ""
        : answer.head();
  }

  private String refused(String... headers) throws IOException {
    Wire.Answer answer = Wire.get(site.platform(), "/api/tracks", headers);
    return answer.status() == 400 || answer.status() == 0 ? "" : answer.head();
  }

  /** The target names one site and the header another. */
  private String absolute(String target, String host) throws IOException {
    Wire.Answer answer =
        Wire.get(site.platform(), "http://" + target + "/api/tracks", "Host: " + host);
    return answer.status() == 400 || answer.status() == 0 || answer.status() == 404
        ? ""
        : answer.head();
  }
}
