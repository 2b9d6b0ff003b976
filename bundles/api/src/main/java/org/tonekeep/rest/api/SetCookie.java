package org.tonekeep.rest.api;

import java.time.Duration;

/** Writes the value of a {@code Set-Cookie} header for a session-like cookie (RFC 6265bis). */
public final class SetCookie {
  private SetCookie() {}

  /**
   * {@code HttpOnly; SameSite=Lax}, with the tenant's path, and {@code Secure} except on plain http
   * from a loopback peer.
   *
   * @param age zero deletes the cookie
   */
  public static String session(Who who, String name, String value, Duration age) {
    String path = who.root().isEmpty() ? "/" : who.root();
    String secure = who.peer().local() ? "" : "; Secure";
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + age.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + secure;
  }
}
