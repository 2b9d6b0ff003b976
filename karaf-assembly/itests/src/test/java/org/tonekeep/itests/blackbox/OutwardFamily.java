package org.tonekeep.itests.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A11: the server fetches nothing that a request names. No parameter and no member of a body is an
 * address; the first that is fails here, and needs the cases of a fetcher.
 */
final class OutwardFamily {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i).*(url|uri|href|link|webhook|callback|endpoint|redirect|host|source|feed).*");

  private final JsonNode document;

  OutwardFamily(IsolationSite site) throws Exception {
    this.document = Musician.json(site.person("victim").get("/api/openapi.json"));
  }

  List<Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          String name = operation.getKey() + " " + path.getKey();
                          operation
                              .getValue()
                              .path("parameters")
                              .forEach(
                                  p -> add(cases, name, p.path("name").asText(), p.path("schema")));
                          body(cases, name, operation.getValue());
                        }));
    return List.copyOf(cases.values());
  }

  private void body(Map<String, Case> cases, String operation, JsonNode value) {
    for (JsonNode content : value.at("/requestBody/content")) {
      String schema = content.at("/schema/$ref").asText();
      if (!schema.isEmpty()) {
        document
            .at(schema.substring(1) + "/properties")
            .properties()
            .forEach(member -> add(cases, operation, member.getKey(), member.getValue()));
      }
    }
  }

  private static void add(Map<String, Case> cases, String operation, String name, JsonNode schema) {
    String title = "A11 " + operation + " " + name;
    // The request's own host, which passkeys compare with the site's.
    boolean address =
        schema.path("format").asText().equals("uri")
            || (ADDRESS.matcher(name).matches() && !name.equals("Host"));
    cases.put(title, new Case("A11", title, () -> address ? "takes an address" : ""));
  }
}
