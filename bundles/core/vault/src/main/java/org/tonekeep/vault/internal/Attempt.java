package org.tonekeep.vault.internal;

import org.jspecify.annotations.Nullable;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.Who;

/** What is known of a request for bytes when it is refused. */
final class Attempt {
  private final Who who;
  private @Nullable UrlToken token;

  Attempt(Who who) {
    this.who = who;
  }

  /** It has our signature. */
  void with(UrlToken signed) {
    this.token = signed;
  }

  /**
   * The entry of the failure. An address that was not made here names nobody and nothing.
   *
   * @param why a word, such as {@code url-expired}
   */
  AuditEntry entry(String why) {
    Actor actor = who.caller().map(Actor::of).orElseGet(Actor::stranger);
    AuditEntry entry =
        AuditEntry.of(actor, "blob.read").failed().from(who.peer().tag()).with("why", why);
    UrlToken signed = token;
    return signed == null
        ? entry
        : entry
            .on(signed.subject())
            .ownedBy(new AccountId(signed.key().owner()))
            .with("access", signed.nonce());
  }
}
