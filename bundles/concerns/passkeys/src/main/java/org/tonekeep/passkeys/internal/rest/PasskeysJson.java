package org.tonekeep.passkeys.internal.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.passkeys.internal.Passkey;

/** The own passkeys, newest first, all on one page. */
public record PasskeysJson(List<Item> items, @Nullable String next) {
  /**
   * A passkey.
   *
   * @param lastUsed null when it was never used
   */
  public record Item(String id, String name, Instant created, @Nullable Instant lastUsed) {}

  static Item item(Passkey passkey) {
    return new Item(
        passkey.id(), passkey.name(), passkey.createdAt(), passkey.lastUsed().orElse(null));
  }
}
