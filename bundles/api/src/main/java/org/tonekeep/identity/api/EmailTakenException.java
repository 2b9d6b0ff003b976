package org.tonekeep.identity.api;

/** The tenant already has an account of that address. */
public final class EmailTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmailTakenException() {
    super("An account with this e-mail address exists already");
  }
}
