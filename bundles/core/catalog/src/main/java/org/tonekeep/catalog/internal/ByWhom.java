package org.tonekeep.catalog.internal;

import org.tonekeep.audit.api.Actor;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.rest.api.Who;

/**
 * Who does something to a track, for the audit log.
 *
 * @param peer see {@link org.tonekeep.rest.api.Peer#tag}; empty when nobody knows
 */
public record ByWhom(Actor actor, String peer) {
  /** Whoever makes the request. */
  public static ByWhom of(Who who) {
    return new ByWhom(Actor.of(who.signedIn()), who.peer().tag());
  }

  /** The account, of which no request is at hand. */
  static ByWhom account(AccountId account) {
    return new ByWhom(Actor.account(account), "");
  }

  /** A deadline. */
  static ByWhom platform() {
    return new ByWhom(Actor.platform(), "");
  }
}
