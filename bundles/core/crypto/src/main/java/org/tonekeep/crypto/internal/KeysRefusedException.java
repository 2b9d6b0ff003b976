package org.tonekeep.crypto.internal;

/** The keys and the data do not fit together; the operator must decide. */
final class KeysRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysRefusedException(String reason) {
    super(reason);
  }
}
