package org.tonekeep.web.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Locale;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.tonekeep.rest.api.ProblemException;

/** What GET and HEAD of small bodies have in common. */
final class Reading {
  private Reading() {}

  /**
   * @throws ProblemException 405 for anything but GET and HEAD
   */
  static void require(HttpServletRequest request) {
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw ProblemException.of(
              405, "method-not-allowed", "Method not allowed", "This address can only be read")
          .withHeader("Allow", "GET, HEAD");
    }
  }

  /** Whether the client has this version already ({@code If-None-Match}, weak comparison). */
  static boolean knows(HttpServletRequest request, String tag) {
    Enumeration<String> values = request.getHeaders("If-None-Match");
    while (values != null && values.hasMoreElements()) {
      boolean match =
          Arrays.stream(values.nextElement().split(","))
              .map(String::trim)
              .map(t -> t.startsWith("W/") ? t.substring(2) : t)
              .anyMatch(t -> t.equals(tag) || t.equals("*"));
      if (match) {
        return true;
      }
    }
    return false;
  }

  /** Whether the client takes gzip; {@code gzip;q=0} refuses it. */
  static boolean takesGzip(HttpServletRequest request) {
    String accept = request.getHeader("Accept-Encoding");
    return accept != null
        && Arrays.stream(accept.toLowerCase(Locale.ROOT).split(","))
            .map(part -> part.replace(" ", ""))
            .anyMatch(
                part ->
                    part.equals("gzip")
                        || (part.startsWith("gzip;q=") && !part.matches("gzip;q=0(\\.0*)?")));
  }

  static void send(byte[] body, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
