package org.tonekeep.profile.internal.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tonekeep.identity.api.Account;
import org.tonekeep.profile.internal.Preferences;
import org.tonekeep.rest.api.AccountJson;

/**
 * The own account: as {@link AccountJson}, and what only this concern keeps.
 *
 * @param preferences texts, numbers, true or false by name
 */
public record OwnAccountJson(
    String id,
    String email,
    String username,
    String displayName,
    String artistName,
    Map<String, String> socials,
    List<String> roles,
    String plan,
    List<String> secondFactors,
    Instant createdAt,
    Map<String, Object> preferences) {
  static OwnAccountJson of(Account account, Preferences preferences) {
    AccountJson known = AccountJson.of(account);
    return new OwnAccountJson(
        known.id(),
        known.email(),
        known.username(),
        known.displayName(),
        known.artistName(),
        known.socials(),
        known.roles(),
        known.plan(),
        known.secondFactors(),
        known.createdAt(),
        preferences.values());
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "OwnAccountJson[" + id + "]";
  }
}
