package org.tonekeep.rest.internal;

import javax.net.ssl.SSLSession;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request as it was before the proxies. It knows who asks, so it stays inside of this bundle. */
final class OriginalRequest extends HttpServletRequestWrapper {
  /** ISO 3166-1 leaves this code to its users. */
  static final String NO_COUNTRY = "ZZ";

  /** Where Jetty's customizer of TLS connections leaves the session. */
  private static final String TLS_SESSION = "org.eclipse.jetty.servlet.request.ssl_session";

  private final @Nullable NetworkAddress peer;
  private final String scheme;
  private final String country;

  /**
   * @param peer null when the connection is gone
   * @param country two letters, or {@link #NO_COUNTRY}
   */
  OriginalRequest(
      HttpServletRequest request, @Nullable NetworkAddress peer, String scheme, String country) {
    super(request);
    this.peer = peer;
    this.scheme = scheme;
    this.country = country;
  }

  @Nullable NetworkAddress peer() {
    return peer;
  }

  String country() {
    return country;
  }

  /** Whether some proxy passed it on, be it one of ours or not. */
  boolean isForwarded() {
    return getHeader(Proxies.FORWARDED_FOR) != null || getHeader("Forwarded") != null;
  }

  /** Plain http from this very machine: the cable is a line of memory. */
  boolean isLocal() {
    NetworkAddress known = peer;
    return known != null && known.isLoopback() && !isSecure() && !isForwarded();
  }

  /** Protocol of the TLS connection that ends here, such as {@code TLSv1.3}; empty without one. */
  String tlsProtocol() {
    return getRequest().getAttribute(TLS_SESSION) instanceof SSLSession session
        ? session.getProtocol()
        : "";
  }

  @Override
  public String getRemoteAddr() {
    NetworkAddress known = peer;
    return known == null ? "" : known.text();
  }

  @Override
  public String getRemoteHost() {
    return getRemoteAddr();
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public boolean isSecure() {
    return scheme.equals("https");
  }
}
