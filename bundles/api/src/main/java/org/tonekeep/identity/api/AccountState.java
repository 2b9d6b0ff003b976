package org.tonekeep.identity.api;

/** Whether an account may be used. */
public enum AccountState {
  /** The e-mail address is not confirmed yet, and the tenant requires that: nobody signs in. */
  PENDING,
  /** In use. */
  ACTIVE,
  /** Closed by the staff: nobody signs in, sessions and keys are dead, the data stays. */
  SUSPENDED
}
