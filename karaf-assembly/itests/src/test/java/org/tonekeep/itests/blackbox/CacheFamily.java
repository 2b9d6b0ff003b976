package org.tonekeep.itests.blackbox;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.tonekeep.itests.blackbox.RouteTable.Entry;

/** A6: what is private says so, also where a cache would take it for a file. */
final class CacheFamily {
  private static final List<String> TRICKS =
      List.of(
          "/x.css",
          "/x.js",
          ".css",
          ";.js",
          ";x=y.png",
          "%2fx.css",
          "/..%2fx.css",
          "//x.css",
          "%00.css",
          "%23x.css",
          "%3fx.css",
          "%0a.css",
          "/.",
          "/x.svg;",
          "\\x.css",
          "/robots.txt");

  private final IsolationSite site;

  CacheFamily(IsolationSite site) {
    this.site = site;
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Entry entry : new RouteTable().entries().values()) {
      for (Shape shape : entry.shapes()) {
        if (!shape.method().equals("GET")) {
          continue;
        }
        boolean staff = entry.by().equals("staff");
        Musician by = site.person(staff ? "staff" : "victim");
        String name = "A6 " + shape.path();
        cases.add(new Case("A6 answers", name, () -> keptPrivate(by, shape)));
        if (!shape.path().contains("?") && !shape.path().endsWith("/events")) {
          for (String trick : TRICKS) {
            cases.add(
                new Case("A6 tricks", name + " with " + trick, () -> noFile(by, shape, trick)));
          }
        }
      }
    }
    return cases;
  }

  private String keptPrivate(Musician by, Shape shape) throws Exception {
    var answer = by.send(shape.by(by, site.ids()));
    String cache = answer.headers().firstValue("Cache-Control").orElse("none");
    boolean kept =
        cache.contains("no-store") || (cache.contains("private") && cache.contains("no-cache"));
    if (!kept || cache.contains("public")) {
      return "Cache-Control: " + cache;
    }
    if (!answer.headers().firstValue("X-Content-Type-Options").orElse("").equals("nosniff")) {
      return "without nosniff";
    }
    HttpRequest.Builder head =
        shape.by(by, site.ids()).method("HEAD", HttpRequest.BodyPublishers.noBody());
    var asked = by.send(head);
    return asked.headers().firstValue("Cache-Control").orElse("").contains("public")
        ? "HEAD is public"
        : "";
  }

  /** No such address opens what it stands behind; what a page's file gives is nobody's. */
  private String noFile(Musician by, Shape shape, String trick) throws IOException {
    String path = shape.path();
    for (var id : site.ids().entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    Wire.Answer answer =
        Wire.get(site.platform(), by.root() + path + trick, "Cookie: " + by.cookie());
    boolean refused = answer.status() >= 400 && answer.status() < 500;
    boolean hidden = answer.header("Cache-Control").contains("no-store");
    return refused && hidden ? "" : answer.head();
  }
}
