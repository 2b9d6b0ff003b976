package org.tonekeep.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.tonekeep.tenant.api.Tenant;

/** The page that draws the document: one file of HTML, one script, one style sheet, all ours. */
final class DocsPage {
  /** Scripts and styles from here only, and the script may not write HTML. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String PATH = "/api/docs";

  private final String html = read("index.html");
  private final Map<String, StaticFile> files =
      Map.of(
          PATH + "/docs.js", file("docs.js", "text/javascript;charset=utf-8"),
          PATH + "/docs.css", file("docs.css", "text/css;charset=utf-8"));

  static boolean serves(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  Optional<StaticFile> find(String path, Tenant tenant) {
    if (!path.equals(PATH)) {
      return Optional.ofNullable(files.get(path));
    }
    String page =
        html.replace("{{locale}}", escaped(tenant.locale().toLanguageTag()))
            // Last, so that a title is never read as a placeholder.
            .replace("{{title}}", escaped(tenant.title()));
    return Optional.of(
        StaticFile.of("text/html;charset=utf-8", page.getBytes(StandardCharsets.UTF_8)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static StaticFile file(String name, String mediaType) {
    return StaticFile.of(mediaType, read(name).getBytes(StandardCharsets.UTF_8));
  }

  private static String read(String name) {
    try (InputStream in = DocsPage.class.getResourceAsStream("/docs/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The bundle has lost " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
