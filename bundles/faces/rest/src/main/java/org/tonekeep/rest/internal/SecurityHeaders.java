package org.tonekeep.rest.internal;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What every response carries, also every error; pages set a policy of their own over it. */
final class SecurityHeaders {
  /** Request attribute: {@code TRUE} once the tenant is known to forbid the use for AI. */
  static final String NO_AI = "org.tonekeep.noAi";

  private static final String NOTHING =
      Stream.of(
              "accelerometer",
              "autoplay",
              "browsing-topics",
              "camera",
              "clipboard-read",
              "clipboard-write",
              "display-capture",
              "encrypted-media",
              "fullscreen",
              "gamepad",
              "geolocation",
              "gyroscope",
              "hid",
              "identity-credentials-get",
              "idle-detection",
              "local-fonts",
              "magnetometer",
              "microphone",
              "midi",
              "payment",
              "picture-in-picture",
              "publickey-credentials-create",
              "publickey-credentials-get",
              "screen-wake-lock",
              "serial",
              "storage-access",
              "usb",
              "web-share",
              "window-management",
              "xr-spatial-tracking")
          .map(feature -> feature + "=()")
          .collect(Collectors.joining(", "));

  private SecurityHeaders() {}

  static void set(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        "Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Permissions-Policy", NOTHING);
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Cache-Control", "private, no-store");
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
    }
    if (Boolean.TRUE.equals(request.getAttribute(NO_AI))) {
      // draft-ietf-aipref and the TDM Reservation Protocol.
      response.setHeader("Content-Usage", "train-ai=n");
      response.setHeader("tdm-reservation", "1");
    }
  }
}
