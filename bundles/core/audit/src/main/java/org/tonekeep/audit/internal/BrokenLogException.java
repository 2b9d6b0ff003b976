package org.tonekeep.audit.internal;

/** The tables are not as they were left: nothing is signed over them. The message says what. */
final class BrokenLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenLogException(String message) {
    super(message);
  }

  BrokenLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
