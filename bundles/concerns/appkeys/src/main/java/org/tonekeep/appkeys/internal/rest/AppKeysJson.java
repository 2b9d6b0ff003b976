package org.tonekeep.appkeys.internal.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.appkeys.internal.AppKey;
import org.tonekeep.appkeys.internal.AppKeys;

/** The own keys, newest first, all on one page. */
public record AppKeysJson(List<Item> items, @Nullable String next) {
  /**
   * A key.
   *
   * @param scope words with blanks between them
   * @param lastUsed true to about an hour; null when it was never used
   */
  public record Item(
      String id,
      String name,
      String scope,
      Instant created,
      Instant expires,
      @Nullable Instant lastUsed) {}

  static Item item(AppKey key) {
    return new Item(
        key.id(),
        key.name(),
        AppKeys.words(key.scopes()),
        key.createdAt(),
        key.expiresAt(),
        key.lastUsed().orElse(null));
  }

  /**
   * A key that was just made.
   *
   * @param secret the key itself, shown this once
   */
  public record Made(
      String id, String name, String scope, Instant created, Instant expires, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Made[" + id + "]";
    }
  }
}
