package org.tonekeep.tenant.api;

/** What a promise guards: while its keeper is away, these acts are refused. */
public enum Act {
  /** Personal data or content comes in: uploads, sign-ups. */
  INTAKE,
  /** Content goes out: signed URLs, shares. */
  DELIVERY
}
