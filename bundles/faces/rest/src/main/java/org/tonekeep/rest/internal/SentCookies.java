package org.tonekeep.rest.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.servlet.http.HttpServletRequest;

/**
 * The cookies of a request as a browser writes them (RFC 6265bis, section 5.8.3): pairs between
 * semicolons, nothing else. The container's reader takes quotes and what is between them for one
 * value and leaves out what it does not understand, so that of two cookies it could show one.
 */
final class SentCookies {
  private SentCookies() {}

  /**
   * A cookie.
   *
   * @param value without the quotes around it
   */
  record Sent(String name, String value) {
    /** Without the value. */
    @Override
    public String toString() {
      return "Sent[" + name + "]";
    }
  }

  /** The cookies of the name, written in whatever case, in all header lines. */
  static List<Sent> named(HttpServletRequest request, String name) {
    List<Sent> found = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders("Cookie"))) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
          found.add(new Sent(pair.substring(0, equals).strip(), value(pair.substring(equals + 1))));
        }
      }
    }
    return found;
  }

  private static String value(String text) {
    String value = text.strip();
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
