package org.tonekeep.itests.blackbox;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A valid request with places for ids: <code>{track}</code> in the path, the query, a header or the
 * body stands for the id of the victim's object of that name.
 *
 * @param route method and path as the OpenAPI document has them
 * @param path with query
 * @param body empty when there is none
 */
record Shape(String route, String path, Map<String, String> headers, String body) {
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)}");

  static Shape of(String route, String path) {
    return new Shape(route, path, Map.of(), "");
  }

  Shape with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Shape(route, path, more, body);
  }

  /** With a body; {@code '} stands for {@code "}. */
  Shape json(String text) {
    return new Shape(route, path, headers, text.replace('\'', '"'))
        .with("Content-Type", "application/json");
  }

  Shape bytes(String type, byte[] bytes) {
    return new Shape(route, path, headers, new String(bytes, StandardCharsets.ISO_8859_1))
        .with("Content-Type", type);
  }

  String method() {
    return route.substring(0, route.indexOf(' '));
  }

  /** The names of the places. */
  Set<String> places() {
    Set<String> found = new LinkedHashSet<>();
    List<String> all = new ArrayList<>(headers.values());
    all.add(path);
    all.add(body);
    for (String text : all) {
      Matcher matcher = PLACE.matcher(text);
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  /** The request of somebody. */
  HttpRequest.Builder by(Musician caller, Map<String, String> ids) {
    UnaryOperator<String> filled =
        text ->
            PLACE
                .matcher(text)
                .replaceAll(
                    found ->
                        Matcher.quoteReplacement(
                            ids.getOrDefault(found.group(1), "{" + found.group(1) + "}")));
    HttpRequest.Builder request = caller.request(filled.apply(path));
    headers.forEach((name, value) -> request.header(name, filled.apply(value)));
    return request.method(
        method(),
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(
                filled.apply(body).getBytes(StandardCharsets.ISO_8859_1)));
  }
}
