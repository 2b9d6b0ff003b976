package org.tonekeep.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the pieces of several resources together. They were read apart, so two of them may have a
 * schema of the same name: the second one is then renamed.
 */
final class ApiDocument {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final String REF = "#/components/schemas/";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, JsonNode> paths = new TreeMap<>();
  private final Map<String, JsonNode> schemas = new TreeMap<>();
  private final Map<String, JsonNode> tags = new TreeMap<>();

  /** Adds what a resource at the base has; the piece itself stays as it is. */
  void add(String base, ObjectNode piece) {
    String tag = base.replaceFirst("^/api/?", "").replace('/', '-');
    Map<String, String> renamed = new HashMap<>();
    JsonNode own = piece.path("components").path("schemas");
    own.properties()
        .forEach(
            schema -> {
              JsonNode other = schemas.get(schema.getKey());
              if (other != null && !other.equals(schema.getValue())) {
                renamed.put(REF + schema.getKey(), REF + tag + "." + schema.getKey());
              }
            });
    JsonNode copy = withReferences(piece.deepCopy(), renamed);
    copy.path("components")
        .path("schemas")
        .properties()
        .forEach(
            schema -> {
              String reference = renamed.getOrDefault(REF + schema.getKey(), REF + schema.getKey());
              schemas.put(reference.substring(REF.length()), schema.getValue());
            });
    copy.path("paths")
        .properties()
        .forEach(
            path -> {
              path.getValue()
                  .properties()
                  .forEach(
                      method -> {
                        if (METHODS.contains(method.getKey())) {
                          describe((ObjectNode) method.getValue(), tag);
                        }
                      });
              paths.put(path.getKey().equals("/") ? base : base + path.getKey(), path.getValue());
            });
    tags.put(tag, NODES.objectNode().put("name", tag));
  }

  private static JsonNode withReferences(JsonNode node, Map<String, String> renamed) {
    if (node instanceof ObjectNode object) {
      String reference = object.path("$ref").asText();
      if (renamed.containsKey(reference)) {
        object.put("$ref", renamed.get(reference));
      }
    }
    node.forEach(child -> withReferences(child, renamed));
    return node;
  }

  /** What every operation has: a tag, an id of its own in the whole document, a way to fail. */
  private static void describe(ObjectNode operation, String tag) {
    if (!operation.has("tags")) {
      operation.putArray("tags").add(tag);
    }
    operation.put("operationId", tag + "." + operation.path("operationId").asText());
    ObjectNode responses = operation.withObjectProperty("responses");
    JsonNode success = responses.remove("default");
    if (success instanceof ObjectNode answer
        && answer.path("description").asText().equals("default response")) {
      ObjectNode content = answer.withObjectProperty("content");
      boolean described = !content.findValues("schema").isEmpty();
      answer.put("description", "Success");
      if (!described && !content.has("text/event-stream")) {
        answer.remove("content");
      }
      responses.set(described ? "200" : "2XX", answer);
    } else if (success != null) {
      responses.set("default", success);
    }
    if (!responses.has("default")) {
      responses.putObject("default").put("$ref", "#/components/responses/Problem");
    }
  }

  /**
   * The whole document.
   *
   * @param root what precedes all paths; may be empty
   * @param cookie name of the session cookie; empty when nobody can sign in
   */
  ObjectNode finish(String title, String root, String cookie) {
    ObjectNode document = NODES.objectNode();
    document.put("openapi", "3.1.0");
    document.putObject("info").put("title", title).put("version", "1");
    document.putArray("servers").addObject().put("url", root.isEmpty() ? "/" : root);
    ArrayNode tagList = document.putArray("tags");
    tagList.addAll(tags.values());
    ObjectNode components = NODES.objectNode();
    schemas.put("ProblemDocument", problemDocument());
    components.putObject("schemas").setAll(schemas);
    ObjectNode problem = components.putObject("responses").putObject("Problem");
    problem.put("description", "What went wrong, as a problem document (RFC 9457)");
    problem
        .putObject("content")
        .putObject(Problems.MEDIA_TYPE)
        .putObject("schema")
        .put("$ref", REF + "ProblemDocument");
    if (!cookie.isEmpty()) {
      components
          .putObject("securitySchemes")
          .putObject("session")
          .put("type", "apiKey")
          .put("in", "cookie")
          .put("name", cookie);
      ArrayNode security = document.putArray("security");
      security.addObject().putArray("session");
      // Some operations take anybody.
      security.addObject();
    }
    document.putObject("paths").setAll(paths);
    document.set("components", components);
    return document;
  }

  private static ObjectNode problemDocument() {
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    schema.putArray("required").add("type").add("title").add("status").add("detail");
    ObjectNode fields = schema.putObject("properties");
    text(fields, "type", "urn:tonekeep:problem:<code>").put("format", "uri");
    text(fields, "title", "What kind of problem this is");
    fields.putObject("status").put("type", "integer");
    text(fields, "detail", "What is wrong this time, for the person at the other end");
    text(fields, "instance", "The request's id, for the operator").put("format", "uri");
    text(fields, "feature", "The feature that is off or not running");
    text(fields, "promise", "The promise that cannot be kept now");
    ObjectNode errors = fields.putObject("errors");
    errors.put("type", "array");
    ObjectNode error = errors.putObject("items").put("type", "object").putObject("properties");
    text(error, "pointer", "JSON Pointer to the wrong field; a parameter's name after a slash");
    text(error, "detail", "What would be right");
    return schema;
  }

  private static ObjectNode text(ObjectNode fields, String name, String description) {
    return fields.putObject(name).put("type", "string").put("description", description);
  }
}
