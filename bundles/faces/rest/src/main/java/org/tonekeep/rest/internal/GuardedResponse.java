package org.tonekeep.rest.internal;

import java.util.Optional;
import java.util.function.Function;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/** A response that no cookie leaves unseen. */
final class GuardedResponse extends HttpServletResponseWrapper {
  private static final String SET_COOKIE = "Set-Cookie";

  private final Function<String, Optional<String>> guard;

  /**
   * @param guard gives the header's value as it may go out, if it may
   */
  GuardedResponse(HttpServletResponse response, Function<String, Optional<String>> guard) {
    super(response);
    this.guard = guard;
  }

  private static boolean isCookie(String name) {
    return name.equalsIgnoreCase(SET_COOKIE) || name.equalsIgnoreCase(SET_COOKIE + "2");
  }

  private void letOut(String value) {
    guard.apply(value).ifPresent(hardened -> super.addHeader(SET_COOKIE, hardened));
  }

  @Override
  public void addHeader(String name, String value) {
    if (isCookie(name)) {
      letOut(value);
    } else {
      super.addHeader(name, value);
    }
  }

  /** As {@link #addHeader} for a cookie: one that was let out is never replaced by another. */
  @Override
  public void setHeader(String name, String value) {
    if (isCookie(name)) {
      letOut(value);
    } else {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    String age = cookie.getMaxAge() < 0 ? "" : "; Max-Age=" + cookie.getMaxAge();
    String path = cookie.getPath() == null ? "" : "; Path=" + cookie.getPath();
    letOut(cookie.getName() + "=" + cookie.getValue() + path + age);
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (isCookie(name)) {
      letOut("");
    } else {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (isCookie(name)) {
      letOut("");
    } else {
      super.addDateHeader(name, date);
    }
  }
}
