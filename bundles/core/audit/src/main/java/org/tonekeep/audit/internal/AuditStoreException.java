package org.tonekeep.audit.internal;

import java.sql.SQLException;

/** The database failed; the message has its state, never a value. */
public final class AuditStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String DUPLICATE = "23505";

  private final boolean duplicate;

  AuditStoreException(SQLException cause) {
    super("The audit log's tables failed, SQL state " + cause.getSQLState(), cause);
    this.duplicate = isDuplicate(cause);
  }

  private static boolean isDuplicate(SQLException cause) {
    for (SQLException e = cause; e != null; e = e.getNextException()) {
      if (DUPLICATE.equals(e.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a row of that key was there. */
  boolean duplicate() {
    return duplicate;
  }
}
