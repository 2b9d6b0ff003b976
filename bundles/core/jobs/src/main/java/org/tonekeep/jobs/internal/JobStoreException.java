package org.tonekeep.jobs.internal;

import java.sql.SQLException;

/** The job table could not be read or written. Its message names the SQL state only. */
final class JobStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JobStoreException(SQLException cause) {
    super("The job table failed with SQL state " + cause.getSQLState(), cause);
  }
}
