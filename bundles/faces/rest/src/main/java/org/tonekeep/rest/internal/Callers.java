package org.tonekeep.rest.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tonekeep.identity.api.Authenticator;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/** Who calls: by the session cookie, if the concern that knows sessions is there. */
@Component(service = Callers.class)
public final class Callers {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Authenticator authenticator;

  @Activate
  public Callers() {}

  /**
   * The caller, or empty when anonymous.
   *
   * @throws ProblemException 400 for two session cookies (one may have been planted by a sibling
   *     host), 403 for an unsafe request from another site
   */
  Optional<Caller> of(HttpServletRequest request, Target target) {
    Authenticator sessions = authenticator;
    if (sessions == null) {
      return Optional.empty();
    }
    List<Cookie> cookies = cookies(request, sessions.cookieName(target.tenant().id()));
    if (cookies.size() > 1) {
      throw ProblemException.of(
          400, "two-sessions", "Two session cookies", "Delete the cookies of this site");
    }
    if (cookies.isEmpty()) {
      return Optional.empty();
    }
    if (!SAFE.contains(request.getMethod())) {
      requireSameOrigin(request);
    }
    return sessions.authenticate(target.tenant().id(), cookies.get(0).getValue());
  }

  /** Name of the tenant's session cookie; empty while nobody here knows sessions. */
  Optional<String> cookieName(TenantId tenant) {
    Authenticator sessions = authenticator;
    return sessions == null ? Optional.empty() : Optional.of(sessions.cookieName(tenant));
  }

  private static List<Cookie> cookies(HttpServletRequest request, String name) {
    Cookie[] all = request.getCookies();
    return all == null
        ? List.of()
        : Arrays.stream(all).filter(cookie -> cookie.getName().equals(name)).toList();
  }

  /** Fetch Metadata first, Origin where a browser has none; neither means no browser. */
  private static void requireSameOrigin(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean same =
        site != null
            ? site.equals("same-origin") || site.equals("none")
            : origin == null
                || (Hosts.same(origin, String.valueOf(request.getHeader("Host")))
                    && (!request.isSecure() || origin.startsWith("https:")));
    if (!same) {
      throw ProblemException.of(
          403,
          "cross-origin",
          "Request from another site",
          "Only this site's own pages may do this");
    }
  }
}
