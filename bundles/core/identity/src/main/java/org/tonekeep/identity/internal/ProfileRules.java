package org.tonekeep.identity.internal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.InvalidProfileException.Wrong;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Social;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Checks each part of a profile and says of all at once what would be right. */
final class ProfileRules {
  private final Tenants tenants;
  private final Usernames usernames;

  ProfileRules(Tenants tenants, Usernames usernames) {
    this.tenants = tenants;
    this.usernames = usernames;
  }

  /**
   * The profile as it is stored.
   *
   * @param current the username that the account has (or has not) already: it stays, whatever the
   *     rules say now
   * @throws InvalidProfileException when a part is not valid
   */
  Profile checked(TenantId tenant, Profile given, Optional<String> current) {
    List<Wrong> wrong = new ArrayList<>();
    List<String> fields = tenants.require(tenant).get(AccountSettings.FIELDS);
    String displayName =
        part(
            wrong,
            "/displayName",
            () -> allowed(fields, "displayName", new DisplayName(given.displayName()).value()));
    String username =
        part(
            wrong,
            "/username",
            () ->
                current.filter(given.username()::equals).isPresent()
                    ? given.username()
                    : usernames.checked(tenant, given.username()));
    String artistName =
        part(
            wrong,
            "/artistName",
            () -> allowed(fields, "artistName", artistName(given.artistName())));
    Map<Social, String> socials = new EnumMap<>(Social.class);
    given
        .socials()
        .forEach(
            (social, link) -> {
              if (!link.isBlank()) {
                socials.put(
                    social,
                    part(
                        wrong,
                        pointer(social),
                        () -> allowed(fields, "socials", SocialLinks.link(social, link))));
              }
            });
    if (!wrong.isEmpty()) {
      throw new InvalidProfileException(wrong);
    }
    return new Profile(displayName, username, artistName, socials);
  }

  private static String allowed(List<String> fields, String field, String value) {
    if (!value.isEmpty() && !fields.contains(field)) {
      throw new IllegalArgumentException("This is not kept here; leave it out");
    }
    return value;
  }

  private static String artistName(String given) {
    try {
      return new DisplayName(given).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "An artist name has at most 100 characters and no control characters", e);
    }
  }

  private static String pointer(Social social) {
    return "/socials/" + social.name().toLowerCase(Locale.ROOT);
  }

  private static String part(List<Wrong> wrong, String pointer, Supplier<String> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      wrong.add(new Wrong(pointer, String.valueOf(e.getMessage())));
      return "";
    }
  }
}
