package org.tonekeep.persistence.internal;

/** The database refused to commit or could not be reached. */
public final class TxFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TxFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
