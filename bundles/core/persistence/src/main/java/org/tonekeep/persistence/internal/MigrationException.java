package org.tonekeep.persistence.internal;

/** A bundle's tables could not be brought up to date; the bundle's database door stays shut. */
public final class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MigrationException(String message) {
    super(message);
  }

  MigrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
