package org.tonekeep.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The value of a {@code Set-Cookie} header (RFC 6265bis).
 *
 * @param name as it came, also when it is none that a browser would take
 * @param pair name and value, as they came
 * @param attributes as they came
 */
record CookieLine(String name, String pair, List<String> attributes) {
  private static final Set<String> KEPT = Set.of("path", "max-age", "expires");
  private static final int LONGEST_NAME = 64;

  static CookieLine parse(String header) {
    String[] parts = header.split(";", -1);
    List<String> attributes = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      attributes.add(parts[i].strip());
    }
    String pair = parts[0].strip();
    int equals = pair.indexOf('=');
    String name = (equals < 0 ? "" : pair.substring(0, equals).strip());
    return new CookieLine(name, pair, List.copyOf(attributes));
  }

  /** The name as a log may hold it: what is no token (RFC 9110) is cut off. */
  String printable() {
    String token = name.replaceAll("[^!#$%&'*+.^_`|~0-9A-Za-z-].*", "");
    return token.length() > LONGEST_NAME ? token.substring(0, LONGEST_NAME) : token;
  }

  /**
   * The same for this host only, with what keeps it from scripts, other sites and the open wire.
   */
  String hardened(boolean httpOnly, boolean secure) {
    StringBuilder line = new StringBuilder(pair);
    String sameSite = "Lax";
    for (String attribute : attributes) {
      int equals = attribute.indexOf('=');
      String key =
          (equals < 0 ? attribute : attribute.substring(0, equals))
              .strip()
              .toLowerCase(Locale.ROOT);
      if (KEPT.contains(key)) {
        line.append("; ").append(attribute);
      } else if (key.equals("samesite") && attribute.toLowerCase(Locale.ROOT).endsWith("strict")) {
        sameSite = "Strict";
      }
    }
    line.append(httpOnly ? "; HttpOnly" : "").append("; SameSite=").append(sameSite);
    return line.append(secure ? "; Secure" : "").toString();
  }
}
