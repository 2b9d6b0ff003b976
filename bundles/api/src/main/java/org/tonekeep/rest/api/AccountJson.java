package org.tonekeep.rest.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Social;

/**
 * An account as its owner sees it: the body of a sign-in and of {@code GET /api/account}.
 *
 * @param socials links by lower-case network; all five are there, empty when not set
 * @param roles lower-case words, such as {@code artist}
 * @param secondFactors kinds that are on, such as {@code totp}
 */
public record AccountJson(
    String id,
    String email,
    String username,
    String displayName,
    String artistName,
    Map<String, String> socials,
    List<String> roles,
    String plan,
    List<String> secondFactors,
    Instant createdAt) {
  /** The owner's view of an account. */
  public static AccountJson of(Account account) {
    Map<String, String> socials = new TreeMap<>();
    for (Social network : Social.values()) {
      socials.put(word(network), account.profile().socials().getOrDefault(network, ""));
    }
    return new AccountJson(
        account.id().value(),
        account.email(),
        account.profile().username(),
        account.profile().displayName(),
        account.profile().artistName(),
        socials,
        account.roles().stream().sorted().map(AccountJson::word).toList(),
        account.plan(),
        account.factors().stream().sorted().toList(),
        account.createdAt());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "AccountJson[" + id + "]";
  }
}
