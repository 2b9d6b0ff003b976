package org.tonekeep.vault.internal;

/** Another transaction began the access, or the database refused the row for another reason. */
public final class AccessTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AccessTakenException(Throwable cause) {
    super("The access is begun already", cause);
  }
}
