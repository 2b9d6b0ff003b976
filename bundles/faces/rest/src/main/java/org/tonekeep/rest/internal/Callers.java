package org.tonekeep.rest.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tonekeep.identity.api.Authenticator;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.KeyAuthenticator;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;

/**
 * Who calls: by the session cookie or by an app key, if the concern that knows them is there. A
 * browser sends cookies by itself, so they ask for the same origin; so does signing in, or another
 * site could sign a visitor in to an account of its own (login CSRF).
 */
@Component(service = Callers.class)
public final class Callers {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** Below it are the calls that begin sessions. */
  private static final String SIGNING_IN = "/api/auth/";

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Authenticator authenticator;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable KeyAuthenticator keys;

  private final AttemptLimits limits;

  @Activate
  public Callers(@Reference AttemptLimits limits) {
    this.limits = limits;
  }

  /**
   * The caller, or empty when anonymous.
   *
   * @throws ProblemException 400 for two session cookies (one may have been planted by a sibling
   *     host) and for a cookie beside a key, 401 {@code bad-key}, 403 for an unsafe request from
   *     another site with a cookie or below {@code /api/auth/}, 429 for a network with many bad
   *     keys
   */
  Optional<Caller> of(OriginalRequest request, Target target, Peer peer) {
    boolean unsafe = !SAFE.contains(request.getMethod());
    if (unsafe && target.path().startsWith(SIGNING_IN)) {
      requireSameOrigin(request);
    }
    Authenticator sessions = authenticator;
    TenantId tenant = target.tenant().id();
    String name = sessions == null ? "" : sessions.cookieName(tenant);
    List<SentCookies.Sent> cookies =
        sessions == null ? List.of() : SentCookies.named(request, name);
    if (cookies.size() > 1) {
      throw ProblemException.of(
          400, "two-sessions", "Two session cookies", "Delete the cookies of this site");
    }
    Optional<String> key = BearerToken.of(request);
    if (key.isPresent() && !cookies.isEmpty()) {
      throw ProblemException.of(
          400, "two-credentials", "Session and key", "Send a session cookie or a key, not both");
    }
    if (key.isPresent()) {
      return Optional.of(byKey(tenant, key.get(), peer));
    }
    if (sessions == null || cookies.isEmpty()) {
      return Optional.empty();
    }
    if (unsafe) {
      requireSameOrigin(request);
    }
    // In another case it is another cookie; counted above, because a reader may not tell them
    // apart.
    return cookies.get(0).name().equals(name)
        ? sessions.authenticate(tenant, cookies.get(0).value())
        : Optional.empty();
  }

  /** A key that is wrong is told: whoever sends one does not mean to be a stranger. */
  private Caller byKey(TenantId tenant, String token, Peer peer) {
    KeyAuthenticator known = keys;
    Optional<Caller> caller = known == null ? Optional.empty() : known.authenticate(tenant, token);
    if (caller.isEmpty()) {
      limits.badKey(tenant, peer.limitKey());
      throw ProblemException.of(
              401, "bad-key", "Key not valid", "The key is unknown, expired or revoked")
          .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    return caller.get();
  }

  /** Name of the tenant's session cookie; empty while nobody here knows sessions. */
  Optional<String> cookieName(TenantId tenant) {
    Authenticator sessions = authenticator;
    return sessions == null ? Optional.empty() : Optional.of(sessions.cookieName(tenant));
  }

  /** Fetch Metadata first, Origin where a browser has none; neither means no browser. */
  private static void requireSameOrigin(OriginalRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean same =
        site != null
            ? site.equals("same-origin") || site.equals("none")
            : origin == null
                || (Hosts.same(origin, String.valueOf(request.getHeader("Host")))
                    && isOfScheme(origin, request));
    if (!same) {
      throw ProblemException.of(
          403,
          "cross-origin",
          "Request from another site",
          "Only this site's own pages may do this");
    }
  }

  /** Behind a proxy that nobody named, only the browser knows whether it asked for https. */
  private static boolean isOfScheme(String origin, OriginalRequest request) {
    boolean known = request.isSecure() || !request.isForwarded();
    return origin.startsWith(request.getScheme() + "://")
        || (!known && origin.startsWith("https://"));
  }
}
