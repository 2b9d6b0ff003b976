package org.tonekeep.rest.internal;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request as it was before the proxies. It knows who asks, so it stays inside of this bundle. */
final class OriginalRequest extends HttpServletRequestWrapper {
  /** ISO 3166-1 leaves this code to its users. */
  static final String NO_COUNTRY = "ZZ";

  /** Where a container says what was negotiated (Servlet 4.0, section 3.10). */
  private static final String CIPHER_SUITE = "javax.servlet.request.cipher_suite";

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

  /**
   * Whether the TLS connection that ends here is older than 1.3: the suites of 1.3 name no key
   * exchange and so have no {@code _WITH_} (RFC 8446, B.4).
   */
  boolean isTlsOld() {
    return getAttribute(CIPHER_SUITE) instanceof String suite && suite.contains("_WITH_");
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
