package org.tonekeep.crypto.internal;

import org.jspecify.annotations.Nullable;

/** The disk or the database that holds the keys fails. */
final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String what, @Nullable Throwable cause) {
    super(what, cause);
  }
}
