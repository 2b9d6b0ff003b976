package org.tonekeep.audit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.internal.PublicLog;
import org.tonekeep.audit.internal.tree.TilePath;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;

/**
 * The tenant's log for everybody (c2sp.org/tlog-tiles): {@code /tlog/checkpoint}, {@code
 * /tlog/tile/…} and, ours, {@code /tlog/key}. A leaf tells its time and two hashes.
 */
@Component(service = HttpDoor.class, property = HttpDoor.PATH + "=" + TlogDoor.ROOT)
public final class TlogDoor implements HttpDoor {
  static final String ROOT = "/tlog/";
  private static final String TILE = "tile/";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final PublicLog log;

  @Activate
  public TlogDoor(@Reference PublicLog log) {
    this.log = log;
  }

  @Override
  public void serve(Who who, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean get = request.getMethod().equals("GET");
    if (!get && !request.getMethod().equals("HEAD")) {
      throw ProblemException.of(
              405, "method-not-allowed", "Method not allowed", "Only GET and HEAD work here")
          .withHeader("Allow", "GET, HEAD");
    }
    String name = path.substring(ROOT.length());
    byte[] body = body(who, name);
    boolean tile = name.startsWith(TILE);
    response.setHeader(
        "Cache-Control", tile ? "public, max-age=31536000, immutable" : "public, max-age=1");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setContentType(tile ? "application/octet-stream" : TEXT);
    response.setContentLength(body.length);
    if (get) {
      response.getOutputStream().write(body);
    }
  }

  private byte[] body(Who who, String name) {
    return switch (name) {
      case "checkpoint" ->
          bytes(log.checkpoint(who.tenant()).orElseThrow(ProblemException::notFound));
      case "key" -> bytes(log.key(who.tenant()).orElseThrow(ProblemException::notFound) + "\n");
      default ->
          (name.startsWith(TILE)
                  ? TilePath.parse(name.substring(TILE.length()))
                  : java.util.Optional.<TilePath>empty())
              .flatMap(tile -> log.tile(who.tenant(), tile))
              .orElseThrow(ProblemException::notFound);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
