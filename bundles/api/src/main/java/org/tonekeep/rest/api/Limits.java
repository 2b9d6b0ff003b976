package org.tonekeep.rest.api;

import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Abuse limits per account (or name typed), network and tenant, in the memory of this node. What
 * strangers do from other networks never uses up what the owner has from his own.
 */
@ProviderType
public interface Limits {
  /**
   * Counts the act before it is done.
   *
   * @param subject account id, or the name that was typed; only a digest is kept. Empty when there
   *     is none
   * @param network see {@link Peer#limitKey}
   * @throws ProblemException 429 {@code too-many-attempts} with {@code Retry-After} and {@code
   *     RateLimit-*} headers
   */
  void take(TenantId tenant, LimitedAct act, String subject, String network);

  /** Gives the subject's tries back: somebody proved to be the owner. */
  void succeeded(TenantId tenant, LimitedAct act, String subject, String network);
}
