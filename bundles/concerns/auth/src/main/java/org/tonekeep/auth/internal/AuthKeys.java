package org.tonekeep.auth.internal;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.tonekeep.tenant.api.SettingKey;

/** The tenant keys of this concern. */
public final class AuthKeys {
  private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Name of the session cookie. */
  public static final SettingKey<String> COOKIE_NAME =
      new SettingKey<>(
          "cookies.session.name",
          "cookie name",
          "session",
          "Name of the only cookie, set when somebody signs in",
          AuthKeys::cookieName);

  /** Other cookies; what guards them is in faces/rest, but the prefix is declared in one place. */
  public static final SettingKey<List<String>> COOKIES_ALLOWED =
      SettingKey.list(
          "cookies.allowed",
          "",
          "Cookies besides the session's. Any other is stripped from the response and reported");

  /** How long a session lives at most. */
  public static final SettingKey<Duration> SESSION_TTL =
      SettingKey.duration(
          "session.ttl",
          "P30D",
          Duration.ofMinutes(5),
          Duration.ofDays(366),
          "A session ends this long after signing in");

  /** How long a session may be unused. */
  public static final SettingKey<Duration> SESSION_IDLE =
      SettingKey.duration(
          "session.idle",
          "P14D",
          Duration.ofMinutes(5),
          Duration.ofDays(366),
          "A session ends when it was not used for this long");

  /** Work factor of bcrypt, as a power of two. */
  public static final SettingKey<Integer> BCRYPT_COST =
      SettingKey.integer(
          "auth.bcryptCost",
          12,
          12,
          16,
          "Work factor of password hashes (each step doubles the time of a login)");

  /** Whether strangers may open accounts. */
  public static final SettingKey<String> SIGNUP =
      SettingKey.choice(
          "accounts.signup", "open", "Whether anybody may open an account", "open", "closed");

  /** How long a proof of being the owner counts. */
  public static final SettingKey<Duration> STEP_UP =
      SettingKey.duration(
          "auth.stepUp",
          "PT10M",
          Duration.ofMinutes(1),
          Duration.ofHours(12),
          "For deletion, export, new keys and a new address the password is asked for again when"
              + " it was last given longer ago than this");

  /** Whether an address must be confirmed before anybody signs in. */
  public static final SettingKey<String> CONFIRM =
      SettingKey.choice(
          "accounts.confirm",
          "off",
          "Whether an e-mail address must be confirmed before its account can be used",
          "off",
          "required");

  static final List<SettingKey<?>> ALL =
      List.of(
          COOKIE_NAME,
          COOKIES_ALLOWED,
          SESSION_TTL,
          SESSION_IDLE,
          BCRYPT_COST,
          STEP_UP,
          SIGNUP,
          CONFIRM);

  private AuthKeys() {}

  private static String cookieName(String text) {
    if (!COOKIE.matcher(text).matches()) {
      throw new IllegalArgumentException("expected 1 to 64 letters, digits, '_' or '-'");
    }
    return text;
  }
}
