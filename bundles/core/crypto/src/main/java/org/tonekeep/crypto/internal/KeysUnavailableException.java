package org.tonekeep.crypto.internal;

/** The disk or the database that holds the keys fails. */
final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
