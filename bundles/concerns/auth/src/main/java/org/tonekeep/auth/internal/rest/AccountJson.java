package org.tonekeep.auth.internal.rest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.tonekeep.identity.api.Account;

/**
 * An account as its owner sees it.
 *
 * @param roles lower-case words, such as {@code artist}
 */
public record AccountJson(
    String id,
    String email,
    String displayName,
    List<String> roles,
    String plan,
    Instant createdAt) {
  static AccountJson of(Account account) {
    return new AccountJson(
        account.id().value(),
        account.email(),
        account.displayName(),
        account.roles().stream()
            .sorted()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .toList(),
        account.plan(),
        account.createdAt());
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "AccountJson[" + id + "]";
  }
}
