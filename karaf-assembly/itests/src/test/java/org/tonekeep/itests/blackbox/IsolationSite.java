package org.tonekeep.itests.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.tonekeep.itests.Patience;
import org.tonekeep.itests.Tone;

/** Two tenants, a victim who has one of everything, and those who want it. */
final class IsolationSite {
  static final String HOME = "alpha";
  static final String AWAY = "beta";

  private static final String RULES =
      """
      accounts.usernames = optional
      accounts.renamePause = PT0S
      auth.stepUp = PT12H
      breakglass.approvals = 2
      uploads.most = 5000
      limits.login.network = 1000000/PT1M
      limits.login.subject = 1000000/PT1M
      limits.login.tenant = 1000000/PT1M
      limits.signup.tenant = 1000000/PT1M
      limits.reset.subject = 1000000/PT1M
      limits.reset.network = 1000000/PT1M
      limits.reset.tenant = 1000000/PT1M
      limits.upload.subject = 1000000/PT1M
      limits.upload.network = 1000000/PT1M
      limits.upload.tenant = 1000000/PT1M
      """;
  private static final String EVERYTHING =
      "features = auth, profile, portrait, uploads, totp, passkeys, appkeys, analysis, breakglass,"
          + " retention\nurls.ttl = PT15M\n";

  private final Distribution platform;
  private final ProbeClient probe;
  private final Path blobs;
  private final Map<String, String> ids = new HashMap<>();
  private final Map<String, Musician> people = new LinkedHashMap<>();
  private final Map<String, Musician> members = new HashMap<>();

  private IsolationSite(Distribution platform, ProbeClient probe, Path blobs) {
    this.platform = platform;
    this.probe = probe;
    this.blobs = blobs;
  }

  /**
   * Starts it.
   *
   * @param platform unpacked, with its database chosen
   * @param more further lines for the tenants' files
   * @param blobs where the store keeps its files
   */
  static IsolationSite start(Distribution platform, String more, Path blobs) throws Exception {
    ProbeClient probe = ProbeClient.into(platform);
    platform.withTenant(HOME, EVERYTHING + RULES + more);
    platform.withTenant(AWAY, EVERYTHING + RULES + more);
    // Uploads there are not analysed, so that there may be many.
    platform.withTenant("quiet", "features = auth, profile, uploads, retention\n" + RULES + more);
    platform.withTenant("brief", "features = auth, retention\nurls.ttl = PT10S\n" + RULES + more);
    platform.start();
    probe.awaitThere();
    IsolationSite site = new IsolationSite(platform, probe, blobs);
    site.cast();
    site.belongings();
    return site;
  }

  Distribution platform() {
    return platform;
  }

  /** The victim's ids by the names of the places in {@link RouteTable}. */
  Map<String, String> ids() {
    return ids;
  }

  Musician person(String name) {
    Musician person = people.get(name);
    if (person == null) {
      throw new AssertionError("Nobody is " + name + " among " + people.keySet());
    }
    return person;
  }

  /** Somebody who tries with what is their own; made when first asked for. */
  synchronized Musician member(String tenant) throws Exception {
    Musician known = members.get(tenant);
    if (known == null) {
      known = Musician.at(platform, tenant);
      members.put(tenant, known);
    }
    return known;
  }

  /** Those who have no business with what is the victim's. */
  Map<String, Musician> attackers() {
    Map<String, Musician> attackers = new LinkedHashMap<>(people);
    attackers
        .keySet()
        .removeAll(List.of("victim", "second of the staff", "victim's other session"));
    return attackers;
  }

  private void cast() throws Exception {
    Musician victim = Musician.at(platform, HOME);
    people.put("victim", victim);
    people.put("anonymous", Musician.stranger(platform, HOME));
    Musician other = Musician.at(platform, HOME);
    people.put("another member", other);
    Musician foreign = Musician.at(platform, AWAY);
    people.put("a member of another site, there", foreign);
    people.put("a member of another site, here", foreign.at(HOME));
    people.put("the victim's session at another site", victim.at(AWAY));
    people.put("an altered session", victim.altered());
    Musician left = Musician.at(platform, HOME);
    Musician revoked = left.on(platform);
    assertThat(left.post("/api/auth/logout", "").statusCode()).isEqualTo(204);
    people.put("a revoked session", revoked);
    Musician suspended = Musician.at(platform, HOME);
    probe.shell("tonekeep:account-suspend -t " + HOME + " " + suspended.account());
    people.put("a suspended account", suspended);
    for (String scope : List.of("read", "upload")) {
      people.put("another member's " + scope + " key", other.player(secret(other, scope)));
    }
    for (String staff : List.of("staff", "second of the staff")) {
      Musician person = Musician.at(platform, HOME);
      probe.shell("tonekeep:account-role -t " + HOME + " " + person.account() + " staff");
      assertThat(person.signIn(person.email(), Musician.PASSWORD).statusCode()).isEqualTo(200);
      people.put(staff, person);
    }
    Musician elsewhere = Musician.stranger(platform, HOME);
    assertThat(elsewhere.signIn(victim.email(), Musician.PASSWORD).statusCode()).isEqualTo(200);
    people.put("victim's other session", elsewhere);
  }

  private static String secret(Musician person, String scope) throws Exception {
    return made(
            person.post("/api/auth/keys", "{\"name\": \"a\", \"scope\": \"" + scope + "\"}"), 201)
        .path("secret")
        .asText();
  }

  private static JsonNode made(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Musician.json(answer);
  }

  private void belongings() throws Exception {
    Musician victim = person("victim");
    String account = victim.account();
    ids.put("account", account);
    ids.put("email", victim.email());
    ids.put("random", UUID.randomUUID().toString());
    for (String name : List.of("track", "spare", "trash")) {
      ids.put(name, victim.uploaded(name, Tone.wav(1, 440)).path("id").asText());
    }
    for (String name : List.of("track", "spare", "trash")) {
      victim.awaitReady(ids.get(name));
    }
    ids.put("cursor", Musician.json(victim.get("/api/tracks?limit=1")).path("next").asText());
    assertThat(victim.delete("/api/tracks/" + ids.get("trash")).statusCode()).isEqualTo(204);
    ids.put("job", victim.jobs(ids.get("track")).path(0).path("id").asText());
    JsonNode sessions =
        made(person("victim's other session").get("/api/auth/sessions"), 200).path("items");
    for (JsonNode session : sessions) {
      ids.put(
          session.path("current").asBoolean() ? "session" : "first", session.path("id").asText());
    }
    String idem = UUID.randomUUID().toString();
    ids.put("idem", idem);
    HttpResponse<String> key =
        victim.send(
            victim
                .request("/api/auth/keys")
                .header("Idempotency-Key", idem)
                .header("Content-Type", "application/json")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"name\": \"player\", \"scope\": \"read\"}")));
    JsonNode made = made(key, 201);
    ids.put("key", made.path("id").asText());
    ids.put("secret", made.path("secret").asText());
    HttpResponse<String> upload =
        victim.send(
            victim
                .request("/api/uploads")
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "100")
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    assertThat(upload.statusCode()).as(upload.body()).isEqualTo(201);
    String location = upload.headers().firstValue("Location").orElseThrow();
    ids.put("upload", location.substring(location.lastIndexOf('/') + 1));
    ofTheStaff(account);
    ids.put("passkey", UUID.randomUUID().toString());
    probe.sql(
        "INSERT INTO passkeys_credential (tenant, id, account, key_name, credential_hash,"
            + " credential, transports, flags, sign_count, created_at) VALUES ('"
            + HOME
            + "', '"
            + ids.get("passkey")
            + "', '"
            + account
            + "', 'k', 'h', 'c', '', 0, 0, 0)");
    Patience.until("an entry is there", () -> !entry(victim).isEmpty());
    ids.put("entry", entry(victim));
    ids.forEach((name, id) -> assertThat(id).as(name).isNotEmpty());
  }

  private static String entry(Musician victim) throws Exception {
    return Musician.json(victim.get("/api/audit/mine")).path("items").path(0).path("id").asText();
  }

  private void ofTheStaff(String account) throws Exception {
    Musician staff = person("staff");
    String note = "{\"account\": \"" + account + "\", \"text\": \"Was friendly\"}";
    ids.put("note", made(staff.post("/api/notes", note), 201).path("id").asText());
    String wish =
        Musician.write(
            Map.of("track", ids.get("track"), "ticket", "T-1", "reason", "To hear what is wrong"));
    ids.put("wish", made(staff.post("/api/breakglass", wish), 201).path("id").asText());
    ids.put("grant", made(staff.post("/api/breakglass", wish), 201).path("id").asText());
    made(
        person("second of the staff").post("/api/breakglass/" + ids.get("grant") + "/approve", ""),
        200);
  }

  /** An id of the same form that nobody has; in lists it stands where the real one does. */
  static String absent(String place, String id) {
    if (place.equals("cursor")) {
      String text =
          new String(Base64.getUrlDecoder().decode(id), java.nio.charset.StandardCharsets.UTF_8);
      int at = text.indexOf('-') < 10 ? text.indexOf('-') + 1 : text.indexOf('+') + 1;
      String real = text.substring(at, at + 36);
      String other = text.replace(real, absent("", real));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(other.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return id.substring(0, id.length() - 12)
        + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  /** All that is the victim's: rows of every table and files of the store, a line each. */
  Set<String> belongingsNow() throws IOException {
    List<String> named = new ArrayList<>(ids.values());
    named.remove(ids.get("random"));
    Set<String> all = new TreeSet<>(probe.rows(HOME, named));
    String account = ids.get("account");
    try (Stream<Path> files = Files.walk(blobs)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (file.toString().contains(account)) {
          all.add(file + " " + Corpus.sha256(Files.readAllBytes(file)));
        }
      }
    }
    assertThat(all).as("what the victim has").hasSizeGreaterThan(12);
    return all;
  }
}
