package org.tonekeep.itests.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every operation that a site's OpenAPI document lists: suites are generated over them. */
final class Routes {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private Routes() {}

  /**
   * An operation.
   *
   * @param path as the document has it, with {@code {parameters}}
   */
  record Route(String method, String path) {
    boolean isSafe() {
      return SAFE.contains(method);
    }

    boolean hasParameter() {
      return path.contains("{");
    }

    /** The path before its first parameter: which kind of thing the id names. */
    String base() {
      return hasParameter() ? path.substring(0, path.indexOf("/{")) : path;
    }

    /** The address with every parameter filled in. */
    String with(String id) {
      return PARAMETER.matcher(path).replaceAll(Matcher.quoteReplacement(id));
    }

    /** The request, with a body where one is usual. */
    HttpRequest.Builder by(Musician caller, String id, UnaryOperator<HttpRequest.Builder> more) {
      HttpRequest.Builder request = caller.request(with(id));
      if (isSafe() || method.equals("DELETE")) {
        request.method(method, HttpRequest.BodyPublishers.noBody());
      } else {
        request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString("{}"));
      }
      return more.apply(request);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** The operations of the person's site, in order. */
  static List<Route> of(Musician anybody) throws IOException, InterruptedException {
    HttpResponse<String> answer = anybody.get("/api/openapi.json");
    List<Route> routes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : Musician.json(answer).path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(method -> routes.add(new Route(upper(method), path.getKey())));
    }
    // Says what a server can do, of no object and to everybody.
    routes.removeIf(route -> route.method().equals("OPTIONS"));
    if (routes.size() < 20) {
      throw new AssertionError("The document lists only " + routes);
    }
    return routes;
  }

  private static String upper(String method) {
    return method.toUpperCase(java.util.Locale.ROOT);
  }

  /** What an answer tells: status, body without the request's own id, and headers that vary. */
  static Map<String, String> told(HttpResponse<String> answer, String... secrets) {
    Map<String, String> told = new TreeMap<>();
    String body = answer.body().replaceAll("\"instance\"\\s*:\\s*\"[^\"]*\"", "\"instance\":\"\"");
    for (String secret : secrets) {
      body = body.replace(secret, "…");
    }
    told.put("status", Integer.toString(answer.statusCode()));
    told.put("body", body);
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!Set.of("date", "content-length", "ratelimit-remaining", "ratelimit-reset")
                  .contains(name)) {
                told.put(name, String.join(", ", values));
              }
            });
    return told;
  }
}
