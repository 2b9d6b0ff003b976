package org.tonekeep.identity.api;

import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Knows the {@link Holder holders} of one kind, registered with the service property {@link #KIND}.
 * Asked for every range of bytes that leaves, so an answer may be remembered, for less than a
 * second. While nobody knows a kind, none of it is alive. Thread-safe.
 */
@ConsumerType
public interface LiveHolders {
  /** Service property: the {@link Holder#kind}. */
  String KIND = "holder.kind";

  /**
   * Whether the holder is good now: neither ended, expired nor revoked, and its account in use.
   * What ended on another node, a second ago, is not. Never throws for a holder that nobody made.
   */
  boolean isLive(TenantId tenant, Holder holder);
}
