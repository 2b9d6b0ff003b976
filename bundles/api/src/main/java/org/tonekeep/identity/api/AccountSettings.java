package org.tonekeep.identity.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.tonekeep.tenant.api.SettingKey;

/** The tenant keys of accounts that more than one bundle reads; core/identity declares them. */
public final class AccountSettings {
  /** Whether accounts have usernames. */
  public static final SettingKey<String> USERNAMES =
      SettingKey.choice(
          "accounts.usernames",
          "optional",
          "Whether an account may or must have a username",
          "off",
          "optional",
          "required");

  /** Usernames that nobody may take. */
  public static final SettingKey<List<String>> RESERVED =
      SettingKey.list(
          "accounts.reserved",
          "",
          "Usernames that nobody may take, beside those that are reserved everywhere (admin,"
              + " support, …) and the site's own name");

  /** How long a username stays before it can be changed again. */
  public static final SettingKey<Duration> RENAME_PAUSE =
      SettingKey.duration(
          "accounts.renamePause",
          "P7D",
          Duration.ZERO,
          Duration.ofDays(30),
          "How long after a change of the username it can't be changed again, but back to one that"
              + " was given up lately; PT0S sets no limit");

  /** What an account may hold beside address and username. */
  public static final SettingKey<List<String>> FIELDS =
      new SettingKey<>(
          "accounts.fields",
          "list of displayName, artistName, socials, image, preferences",
          "displayName, artistName, socials, image, preferences",
          "What an account may hold beside address and username; the rest is refused",
          AccountSettings::fields);

  private AccountSettings() {}

  private static List<String> fields(String text) {
    List<String> all = List.of("displayName", "artistName", "socials", "image", "preferences");
    List<String> named =
        Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (!all.containsAll(named)) {
      throw new IllegalArgumentException("expected some of " + String.join(", ", all));
    }
    return named;
  }
}
