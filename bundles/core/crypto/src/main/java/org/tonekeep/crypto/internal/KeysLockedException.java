package org.tonekeep.crypto.internal;

/** The root key is sealed by a passphrase that nobody has given yet. */
final class KeysLockedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysLockedException(String detail) {
    super(detail);
  }
}
