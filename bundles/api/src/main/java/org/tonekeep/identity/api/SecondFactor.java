package org.tonekeep.identity.api;

import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * A kind of proof beside the password, such as {@code totp}. {@link Account#factors} says who needs
 * one; an account whose factors' bundles are all away cannot sign in (no keeper, no entry).
 */
@ConsumerType
public interface SecondFactor {
  /** Short name, such as {@code totp}. */
  String kind();

  /**
   * Whether the code proves it now, for once: a code that was good is used up. Joins the running
   * transaction.
   *
   * @param code as typed; a recovery code counts too where the kind has them
   */
  boolean verify(TenantId tenant, AccountId account, String code);

  /**
   * Forgets the account's secret, also in {@link Account#factors}. Joins the running transaction.
   *
   * @return whether there was one
   */
  boolean reset(TenantId tenant, AccountId account);
}
