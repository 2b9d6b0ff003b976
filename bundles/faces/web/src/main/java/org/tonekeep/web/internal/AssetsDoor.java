package org.tonekeep.web.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.Tenants;

/**
 * Serves {@code /web/entries.json} and {@code /web/<entry>/[v-<version>/]<file>}. Files of an entry
 * whose feature is off are absent.
 */
@Component(
    service = HttpDoor.class,
    property = {HttpDoor.PATH + "=/web/", HttpDoor.OWN_HOST_ONLY + ":Boolean=true"})
public final class AssetsDoor implements HttpDoor {
  private static final Pattern PATH =
      Pattern.compile("/web/([a-z][a-z0-9-]*)/(?:v-([0-9a-f]{16})/)?([^?]+)");

  private final MountedEntries entries;
  private final Tenants tenants;

  @Activate
  public AssetsDoor(@Reference MountedEntries entries, @Reference Tenants tenants) {
    this.entries = entries;
    this.tenants = tenants;
  }

  @Override
  public void serve(Who who, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reading.require(request);
    if (path.equals("/web/entries.json")) {
      entries(tenants.require(who.tenant()), request, response);
      return;
    }
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      throw ProblemException.notFound();
    }
    MountedEntry entry =
        entries.find(who.tenant(), parts.group(1)).orElseThrow(ProblemException::notFound);
    Asset asset = entry.file(parts.group(3)).orElseThrow(ProblemException::notFound);
    // An outdated version (a page that was open during an update) gets today's file, not cached.
    boolean named = entry.version().equals(parts.group(2));
    response.setHeader(
        "Cache-Control", named ? "public, max-age=31536000, immutable" : "public, no-cache");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    send(asset, request, response);
  }

  private void entries(Tenant tenant, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String list =
        entries.on(tenant.id()).stream()
            .map(
                m ->
                    "{\"id\":"
                        + Json.text(m.entry().id())
                        + ",\"module\":"
                        + Json.text(m.address(m.entry().module()))
                        + "}")
            .collect(Collectors.joining(",", "[", "]"));
    byte[] body =
        ("{\"title\":"
                + Json.text(tenant.title())
                + ",\"locale\":"
                + Json.text(tenant.locale().toLanguageTag())
                + ",\"entries\":"
                + list
                + "}")
            .getBytes(StandardCharsets.UTF_8);
    String tag = "\"" + ContentHash.of(body) + "\"";
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader("ETag", tag);
    if (Reading.knows(request, tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType("application/json");
    Reading.send(body, request, response);
  }

  private static void send(Asset asset, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<byte[]> compressed = asset.compressed().filter(bytes -> Reading.takesGzip(request));
    String tag = "\"" + asset.hash() + (compressed.isPresent() ? "-gzip" : "") + "\"";
    response.setHeader("ETag", tag);
    if (asset.compressed().isPresent()) {
      response.addHeader("Vary", "Accept-Encoding");
    }
    if (Reading.knows(request, tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(asset.mediaType());
    if (compressed.isPresent()) {
      response.setHeader("Content-Encoding", "gzip");
    }
    Reading.send(compressed.orElse(asset.bytes()), request, response);
  }
}
