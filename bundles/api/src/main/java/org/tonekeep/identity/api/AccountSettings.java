package org.tonekeep.identity.api;

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

  private AccountSettings() {}
}
