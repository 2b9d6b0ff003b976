package org.tonekeep.rest.internal;

import java.sql.SQLException;

/** What is known of keys could not be read or written. Its message names the SQL state only. */
final class KeyStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyStoreException(SQLException cause) {
    super("The table of idempotency keys failed with SQL state " + cause.getSQLState(), cause);
  }
}
