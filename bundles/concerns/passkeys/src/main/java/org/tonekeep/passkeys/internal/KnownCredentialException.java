package org.tonekeep.passkeys.internal;

/** The tenant has a passkey of that credential id already. */
public final class KnownCredentialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KnownCredentialException() {
    super("The passkey is registered already");
  }
}
