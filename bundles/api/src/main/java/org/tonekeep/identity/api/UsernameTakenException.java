package org.tonekeep.identity.api;

/** The tenant already has an account of that username, or of one that looks the same. */
public final class UsernameTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsernameTakenException() {
    super("This username, or one that looks the same, is taken");
  }
}
