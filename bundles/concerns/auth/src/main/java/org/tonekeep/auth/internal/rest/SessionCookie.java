package org.tonekeep.auth.internal.rest;

import java.time.Duration;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import org.tonekeep.identity.api.SignIns.Begun;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.SetCookie;
import org.tonekeep.rest.api.Who;

/** Puts the session cookie on answers, which no cache may keep. */
final class SessionCookie {
  private SessionCookie() {}

  /**
   * Passwords and tokens travel over TLS, or inside this machine.
   *
   * @throws ProblemException 403 {@code tls-required}
   */
  static void requireTls(Who who) {
    if (!who.peer().secure() && !who.peer().local()) {
      throw ProblemException.of(
          403, "tls-required", "Secure connection required", "Use https to sign in");
    }
  }

  static Response.ResponseBuilder set(Response.ResponseBuilder answer, Who who, Begun session) {
    return answer
        .header(
            HttpHeaders.SET_COOKIE,
            SetCookie.session(who, session.cookie(), session.token(), session.age()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  static Response.ResponseBuilder delete(Response.ResponseBuilder answer, Who who, String name) {
    return answer
        .header(HttpHeaders.SET_COOKIE, SetCookie.session(who, name, "", Duration.ZERO))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
