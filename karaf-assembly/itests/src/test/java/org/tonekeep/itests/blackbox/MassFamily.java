package org.tonekeep.itests.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A7: members that a body does not have, twice the same, or of another type. Nothing is taken. */
final class MassFamily {
  /** What rows have and no body should: names of columns, and what frameworks look for. */
  private static final Set<String> COLUMNS =
      Set.of(
          "tenant",
          "tenantId",
          "tenant_id",
          "owner",
          "ownerId",
          "owner_id",
          "account",
          "accountId",
          "role",
          "roles",
          "plan",
          "planName",
          "state",
          "epoch",
          "xp",
          "version",
          "createdAt",
          "created_at",
          "id",
          "emailIndex",
          "passwordHash",
          "pwHash",
          "tokenHash",
          "isAdmin",
          "admin",
          "verified",
          "confirmed",
          "factors",
          "secret",
          "blobId",
          "sha256",
          "sizeBytes",
          "durationSeconds",
          "bpm",
          "key",
          "deletedAt",
          "purgeAt",
          "expires",
          "ownBytes",
          "approvedBy",
          "approvedAt",
          "endsAt",
          "author",
          "staff",
          "@class",
          "@type",
          "__proto__",
          "constructor",
          "$ref",
          "class");

  private static final List<String> WRONG =
      List.of("17", "1.5", "true", "[]", "['a']", "{}", "{'a': {'a': 1}}", "'\\ud800'", "1e999");

  private final IsolationSite site;
  private final JsonNode document;

  MassFamily(IsolationSite site) throws Exception {
    this.site = site;
    this.document = Musician.json(site.person("victim").get("/api/openapi.json"));
  }

  List<Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    document
        .path("paths")
        .properties()
        .forEach(path -> ofPath(cases, path.getKey(), path.getValue()));
    if (cases.size() < 600) {
      throw new AssertionError("The document has bodies for " + cases.size() + " cases only");
    }
    return List.copyOf(cases.values());
  }

  private void ofPath(Map<String, Case> cases, String path, JsonNode operations) {
    operations
        .properties()
        .forEach(
            operation -> {
              String schema =
                  operation
                      .getValue()
                      .at("/requestBody/content/application~1json/schema/$ref")
                      .asText();
              if (!schema.isEmpty()) {
                String name = schema.substring(schema.lastIndexOf('/') + 1);
                ofBody(cases, operation.getKey().toUpperCase(java.util.Locale.ROOT), path, name);
              }
            });
  }

  private void ofBody(Map<String, Case> cases, String method, String path, String schema) {
    Set<String> known = new TreeSet<>();
    JsonNode properties = document.at("/components/schemas/" + schema + "/properties");
    properties.fieldNames().forEachRemaining(known::add);
    Set<String> foreign = new LinkedHashSet<>(COLUMNS);
    foreign.removeAll(known);
    for (String member : foreign) {
      add(cases, method, path, "{'" + member + "': 'x'}");
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String member = property.getKey();
      String type = property.getValue().path("type").asText();
      add(cases, method, path, "{'" + member + "': 'a', '" + member + "': 'b'}");
      for (String wrong : WRONG) {
        if (type.equals("string") || (type.equals("integer") && !wrong.equals("17"))) {
          add(cases, method, path, "{'" + member + "': " + wrong + "}");
        }
      }
    }
    for (String body :
        List.of("[]", "17", "'text'", "true", "[{}]", "{}{}", "{'a'", "null null", "\ufeff{}x")) {
      add(cases, method, path, body);
    }
  }

  private void add(Map<String, Case> cases, String method, String path, String body) {
    String name = "A7 " + method + " " + path + " " + body;
    cases.put(
        name,
        new Case(
            "A7 " + method + " " + path,
            name,
            () -> refused(method, path, body.replace('\'', '"'))));
  }

  private String refused(String method, String path, String body) throws Exception {
    boolean staff = path.startsWith("/api/notes") || path.startsWith("/api/breakglass");
    Musician by = site.person(staff ? "staff" : "victim");
    String id =
        path.startsWith("/api/breakglass") ? site.ids().get("grant") : site.ids().get("track");
    HttpResponse<String> answer =
        by.send(
            by.request(path.replaceAll("\\{[^}]*}", id))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    return answer.statusCode() >= 400 && answer.statusCode() < 500
        ? ""
        : answer.statusCode() + " " + answer.body();
  }
}
