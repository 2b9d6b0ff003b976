package org.tonekeep.rest.internal;

import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Tenant;

/** By which wire a tenant's visitors may come. */
@Component(service = Transport.class, configurationPid = RestConfig.PID)
public final class Transport {
  private static final int DEFAULT_PORT = 443;

  private final int port;

  @Activate
  public Transport(RestConfig config) {
    this(config.https_port());
  }

  /**
   * @param port where pages are sent; 0 or 443 is not written
   */
  Transport(int port) {
    this.port = port;
  }

  /**
   * @throws ProblemException 308 to https for a page; 403 {@code tls-required} for anything else
   *     that came in the clear from another machine, 403 {@code tls-too-old}
   */
  void require(OriginalRequest request, Tenant tenant) {
    if (tenant.get(SiteKeys.TLS_LEAST).equals("1.3") && request.isTlsOld()) {
      throw ProblemException.of(
          403, "tls-too-old", "Connection too old", "This site asks for TLS 1.3");
    }
    boolean open = request.isSecure() || request.isLocal();
    if (open || tenant.get(SiteKeys.HTTPS).equals("optional")) {
      return;
    }
    if (isPage(request)) {
      throw ProblemException.of(
              308, "tls-required", "Moved to https", "This site is served by https only")
          .withHeader("Location", secured(request));
    }
    throw ProblemException.of(
        403, "tls-required", "Not in the clear", "This site is served by https only");
  }

  /** A machine that sends its secrets in the clear should not be helped to do it again. */
  private static boolean isPage(OriginalRequest request) {
    String accept = request.getHeader("Accept");
    return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
        && accept != null
        && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  /** The host is one that names a tenant, so nobody is sent to a place of the asker's choice. */
  private String secured(OriginalRequest request) {
    // What came through a proxy goes back to the proxy, which has the usual port.
    boolean usual = port == 0 || port == DEFAULT_PORT || request.isForwarded();
    String query = request.getQueryString();
    return "https://"
        + Hosts.plain(String.valueOf(request.getServerName()))
        + (usual ? "" : ":" + port)
        + request.getRequestURI()
        + (query == null ? "" : "?" + query);
  }
}
