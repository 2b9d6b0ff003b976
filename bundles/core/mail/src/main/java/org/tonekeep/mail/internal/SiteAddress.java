package org.tonekeep.mail.internal;

import java.net.URI;
import org.tonekeep.tenant.api.Tenant;

/**
 * Where a site is, for links and senders.
 *
 * @param root absolute address without a slash at its end
 * @param host the host that mails come from
 */
record SiteAddress(String root, String host) {
  /** What may be in a path with query and fragment (RFC 3986 section 3.3), and nothing else. */
  private static final String PATH = "/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]{0,899}";

  /**
   * The tenant's {@code site.url}, or {@code https://} and its first host; a host that is only on
   * this machine is plain http at the platform's own port.
   *
   * @throws IllegalStateException when it has neither
   */
  static SiteAddress of(Tenant tenant, int port) {
    String url = tenant.get(MailKeys.SITE_URL);
    if (!url.isEmpty()) {
      return new SiteAddress(url, URI.create(url).getHost());
    }
    if (tenant.hosts().isEmpty()) {
      throw new IllegalStateException(
          "The site '" + tenant.id() + "' has neither hosts nor site.url, so it cannot send mails");
    }
    String host = tenant.hosts().get(0);
    boolean here = host.equals("localhost") || host.endsWith(".localhost");
    return new SiteAddress(here ? "http://" + host + ":" + port : "https://" + host, host);
  }

  /**
   * The absolute address of a path below the root.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it: it holds a
   *     secret
   */
  String link(String name, String path) {
    if (!path.matches(PATH)) {
      throw new IllegalArgumentException(
          "The value '" + name + "' is no path below the site's root of at most 900 characters");
    }
    return root + path;
  }
}
