package org.tonekeep.rest.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.tenant.api.UnknownTenantException;

/**
 * What a request is for.
 *
 * @param root empty on the tenant's own host, else {@code /t/<tenant>}
 * @param path the rest of the path, decoded
 */
record Target(Tenant tenant, String root, String path) {
  private static final Pattern PREFIX = Pattern.compile("/t/([a-z][a-z0-9-]{0,31})(/.*)?");
  private static final int ESCAPE = "%2f".length();

  /** What a path has in escaped form only (RFC 3986, 3.3); the server takes it as it is. */
  private static final String ESCAPED = "\"#<>[]^`{|} ";

  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i)%2f|%5c|%2e|%3b|%[01][0-9a-f]|%7f|;|//|\\\\|/\\.\\.?(/|$)");

  /**
   * @throws UnknownTenantException when neither path nor host names a tenant
   * @throws ProblemException for a path that two readers could read differently
   */
  static Target of(HttpServletRequest request, Tenants tenants) {
    String path = path(request);
    Matcher matcher = PREFIX.matcher(path);
    if (matcher.matches()) {
      TenantId id = new TenantId(matcher.group(1));
      String rest = matcher.group(2) == null ? "/" : matcher.group(2);
      return new Target(tenants.require(id), "/t/" + id, rest);
    }
    Optional<Tenant> tenant = tenants.byHost(Hosts.plain(String.valueOf(request.getServerName())));
    return new Target(tenant.orElseThrow(UnknownTenantException::new), "", path);
  }

  /**
   * @throws ProblemException when the request names two hosts, so that a proxy and we could see
   *     different tenants
   */
  static void requireOneHost(HttpServletRequest request) {
    List<String> hosts = Collections.list(request.getHeaders("Host"));
    String name = Hosts.plain(String.valueOf(request.getServerName()));
    if (hosts.size() > 1 || (hosts.size() == 1 && !Hosts.nameOf(hosts.get(0)).equals(name))) {
      throw ProblemException.of(
          400, "bad-host", "Contradictory host", "The request names more than one host");
    }
  }

  /**
   * The path, decoded.
   *
   * @throws ProblemException unless it is in the one form that every reader reads alike: UTF-8, no
   *     encoded separators, dots or control characters, no parameters, no letter that a URI escapes
   */
  static String path(HttpServletRequest request) {
    String raw = request.getRequestURI();
    String path = request.getPathInfo();
    String query = request.getQueryString();
    if (path == null
        || ambiguous(raw)
        || raw.chars().anyMatch(c -> ESCAPED.indexOf(c) >= 0)
        || !path.equals(decoded(raw))
        || (query != null && decoded(query) == null)) {
      throw ProblemException.of(
          400, "bad-path", "Malformed address", "The address is not in its plain form");
    }
    return path;
  }

  /** The pattern is slow on long addresses, and nearly none has a character that it looks for. */
  private static boolean ambiguous(String raw) {
    boolean suspicious =
        raw.indexOf('%') >= 0
            || raw.indexOf(';') >= 0
            || raw.indexOf('\\') >= 0
            || raw.contains("//")
            || raw.contains("/.");
    return suspicious && AMBIGUOUS.matcher(raw).find();
  }

  /** The text as strict UTF-8, or null when it is not; the container would guess. */
  private static @Nullable String decoded(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int end = i + ESCAPE;
        if (end > raw.length()) {
          return null;
        }
        int high = Character.digit(raw.charAt(i + 1), 16);
        int low = Character.digit(raw.charAt(i + 2), 16);
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.put((byte) (high << 4 | low));
        i = end - 1;
      } else if (c < 0x20 || c > 0x7e) {
        return null;
      } else {
        bytes.put((byte) c);
      }
    }
    try {
      return UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
