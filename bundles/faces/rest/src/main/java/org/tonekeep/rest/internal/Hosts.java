package org.tonekeep.rest.internal;

import java.util.Locale;

/** Host names as they are compared: lower case, without a trailing dot, without a default port. */
final class Hosts {
  private Hosts() {}

  /** A host name without port. */
  static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /**
   * Whether an {@code Origin} (scheme, host, port) is the {@code Host} that was asked; the scheme
   * is not compared.
   */
  static boolean same(String origin, String host) {
    int scheme = origin.indexOf("://");
    return scheme > 0
        && authority(origin.substring(scheme + "://".length())).equals(authority(host));
  }

  /** The host name of a {@code Host} header. */
  static String nameOf(String header) {
    int colon = header.lastIndexOf(':');
    return plain(colon > header.lastIndexOf(']') ? header.substring(0, colon) : header);
  }

  private static String authority(String text) {
    int colon = text.lastIndexOf(':');
    boolean port = colon > text.lastIndexOf(']');
    String host = plain(port ? text.substring(0, colon) : text);
    String number = port ? text.substring(colon + 1) : "";
    return number.isEmpty() || number.equals("80") || number.equals("443")
        ? host
        : host + ":" + number;
  }
}
