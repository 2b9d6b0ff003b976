package org.tonekeep.crypto.api;

import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Knows one kind of owners of {@link OwnerKeys}, so that keys whose owner never came to be are
 * swept. Whoever calls {@link OwnerKeys#create} registers one. A kind that was ever registered is
 * remembered: while one of the remembered is absent no key is swept, for its owners cannot be asked
 * for.
 */
@ConsumerType
public interface KeyOwners {
  /** The kind, {@code [a-z][a-z-]{0,31}}, such as {@code accounts}; never changes. */
  String kind();

  /**
   * Whether the owner is there, in whatever state. Throws when it cannot say, such as when the
   * database fails; then nothing is swept.
   */
  boolean owns(TenantId tenant, String owner);
}
