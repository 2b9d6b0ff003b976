package org.tonekeep.rest.internal;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request that does not say who sent it. What resources and doors get is one of these, so that no
 * address, user agent or cookie can reach a database, a log or an exception through them; what they
 * may know is in {@link org.tonekeep.rest.api.Peer}. Hidden are the headers that are known to tell,
 * and any header whose value holds the address or the user agent, under whatever name a proxy
 * writes it.
 */
class AnonymousRequest extends HttpServletRequestWrapper {
  private static final String NOBODY = "0.0.0.0";
  private static final Set<String> TELLING =
      Set.of(
          "cookie",
          "forwarded",
          "via",
          "user-agent",
          "from",
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "true-client-ip",
          "client-ip",
          "fastly-client-ip",
          "x-device-user-agent",
          "x-original-user-agent");
  private static final List<String> TELLING_PREFIXES =
      List.of("x-forwarded", "cf-", "sec-ch-", "x-proxy", "x-envoy-", "x-appengine-", "x-azure-");

  /** A shorter user agent is in many a value by chance. */
  private static final int LEAST = "1.1.1.1".length();

  private final String address;
  private final String received;
  private final String agent;

  AnonymousRequest(OriginalRequest request) {
    super(request);
    this.address = request.getRemoteAddr();
    this.received = String.valueOf(request.getRequest().getRemoteAddr());
    String header = request.getHeader("User-Agent");
    this.agent = header == null ? "" : header;
  }

  private boolean hidden(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (TELLING.contains(lower) || TELLING_PREFIXES.stream().anyMatch(lower::startsWith)) {
      return true;
    }
    for (String value : Collections.list(super.getHeaders(name))) {
      if (tells(lower, value)) {
        return true;
      }
    }
    return false;
  }

  private boolean tells(String name, String value) {
    // Names of hosts may be addresses, and a key was read already; other ways of signing in are the
    // doors' own.
    if (name.equals("host") || name.equals("origin") || name.equals("referer")) {
      return false;
    }
    return holds(value, address)
        || holds(value, received)
        || holds(value, agent)
        || (name.equals("authorization") && BearerToken.isBearer(value));
  }

  private static boolean holds(String value, String secret) {
    return secret.length() >= LEAST && value.contains(secret);
  }

  @Override
  public final @Nullable String getHeader(String name) {
    return hidden(name) ? null : super.getHeader(name);
  }

  @Override
  public final Enumeration<String> getHeaders(String name) {
    return hidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public final Enumeration<String> getHeaderNames() {
    return Collections.enumeration(
        Collections.list(super.getHeaderNames()).stream().filter(name -> !hidden(name)).toList());
  }

  @Override
  public final long getDateHeader(String name) {
    return hidden(name) ? -1 : super.getDateHeader(name);
  }

  @Override
  public final int getIntHeader(String name) {
    return hidden(name) ? -1 : super.getIntHeader(name);
  }

  @Override
  public final Cookie @Nullable [] getCookies() {
    return null;
  }

  @Override
  public final String getRemoteAddr() {
    return NOBODY;
  }

  @Override
  public final String getRemoteHost() {
    return NOBODY;
  }

  @Override
  public final int getRemotePort() {
    return 0;
  }

  @Override
  public final @Nullable String getRemoteUser() {
    return null;
  }
}
