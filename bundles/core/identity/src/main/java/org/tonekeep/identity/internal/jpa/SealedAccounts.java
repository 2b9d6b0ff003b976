package org.tonekeep.identity.internal.jpa;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Social;
import org.tonekeep.tenant.api.TenantId;

/** Turns accounts into rows and back: every personal column is sealed under the owner's key. */
final class SealedAccounts {
  private static final String TABLE = "identity_account.";

  private final OwnerKeys keys;

  SealedAccounts(OwnerKeys keys) {
    this.keys = keys;
  }

  Account open(TenantId tenant, AccountEntity row) {
    return new Account(
        tenant,
        new AccountId(row.id),
        open(tenant, row, "email", row.email),
        new Profile(
            open(tenant, row, "display_name", row.displayName),
            open(tenant, row, "username", row.username),
            open(tenant, row, "artist_name", row.artistName),
            socials(open(tenant, row, "socials", row.socials))),
        roles(row.roles),
        row.plan,
        AccountState.valueOf(row.state),
        row.epoch,
        words(row.factors),
        row.createdAt);
  }

  void email(TenantId tenant, AccountEntity row, String email, String index) {
    row.email = seal(tenant, row, "email", email);
    row.emailIndex = index;
  }

  void profile(TenantId tenant, AccountEntity row, Profile profile) {
    row.displayName = seal(tenant, row, "display_name", profile.displayName());
    row.username = seal(tenant, row, "username", profile.username());
    row.artistName = seal(tenant, row, "artist_name", profile.artistName());
    row.socials = seal(tenant, row, "socials", text(profile.socials()));
  }

  private String seal(TenantId tenant, AccountEntity row, String column, String plain) {
    return keys.sealText(tenant, row.id, TABLE + column, plain);
  }

  private String open(TenantId tenant, AccountEntity row, String column, String sealed) {
    return keys.openText(tenant, row.id, TABLE + column, sealed);
  }

  static String roles(Set<Role> roles) {
    return roles.stream().sorted().map(SealedAccounts::word).collect(Collectors.joining(" "));
  }

  private static Set<Role> roles(String text) {
    return words(text).stream()
        .map(word -> Role.valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  static Set<String> words(String text) {
    return Arrays.stream(text.split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** One {@code network address} per line. */
  private static String text(Map<Social, String> socials) {
    return socials.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(link -> word(link.getKey()) + " " + link.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static Map<Social, String> socials(String text) {
    return text.lines()
        .map(line -> line.split(" ", 2))
        .collect(
            Collectors.toUnmodifiableMap(
                parts -> Social.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts -> parts[1]));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
