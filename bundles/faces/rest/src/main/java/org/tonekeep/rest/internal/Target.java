package org.tonekeep.rest.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
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
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i)%2f|%5c|%00|%2e|;|//|\\\\|/\\.\\.?(/|$)");

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
    Optional<Tenant> tenant = tenants.byHost(String.valueOf(request.getServerName()));
    return new Target(tenant.orElseThrow(UnknownTenantException::new), "", path);
  }

  static String path(HttpServletRequest request) {
    String raw = request.getRequestURI();
    String path = request.getPathInfo();
    if (path == null || AMBIGUOUS.matcher(raw).find()) {
      throw ProblemException.of(
          400, "bad-path", "Malformed address", "The address is not in its plain form");
    }
    return path;
  }
}
