package org.tonekeep.web.internal;

import javax.servlet.http.HttpServletResponse;

/** The security headers of a page; those that every response has are set by faces/rest. */
final class PageHeaders {
  private PageHeaders() {}

  /**
   * Sets them.
   *
   * @param nonce for the styles that the waveform player writes into its shadow root
   */
  static void set(HttpServletResponse response, String nonce) {
    response.setHeader("Content-Security-Policy", contentSecurityPolicy(nonce));
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader(
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=(),"
            + " display-capture=(), browsing-topics=(), accelerometer=(), gyroscope=(),"
            + " magnetometer=(), hid=(), serial=(), encrypted-media=(), idle-detection=(),"
            + " local-fonts=(), screen-wake-lock=(), storage-access=(), xr-spatial-tracking=()");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
  }

  static String contentSecurityPolicy(String nonce) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-" + nonce + "'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "worker-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types tonekeep");
  }
}
