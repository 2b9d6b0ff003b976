package org.tonekeep.tenant.internal;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may stand in a tenant's {@code hosts}: a DNS name in ASCII, without port or scheme. */
final class HostName {
  private static final Pattern FORM =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
              + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private HostName() {}

  /**
   * The host in lower case.
   *
   * @throws IllegalArgumentException saying what would be right
   */
  static String checked(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (!host.chars().allMatch(c -> c < 128)) {
      throw new IllegalArgumentException(
          "'" + text + "' has letters outside ASCII: write its form for DNS" + ascii(host));
    }
    if (host.contains("/") || host.contains(":")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a host name: expected one without scheme, port or path");
    }
    if (!FORM.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a host name: expected labels of a-z, 0-9 and '-' with dots between");
    }
    return host;
  }

  /** How a request's host is looked up: any case, with or without the root's dot. */
  static String normal(String requested) {
    String host = requested.toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static String ascii(String host) {
    try {
      return ", " + IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      return " (xn--...)";
    }
  }
}
