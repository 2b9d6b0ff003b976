package org.tonekeep.rest.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures that are nobody's mistake and pass: the database is away, or a disk is full. They come
 * wrapped in whatever the bundles between throw.
 */
final class Outages {
  private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
  private static final int DEPTH = 20;
  private static final String NO_ROOM = "no space left on device";

  /** PostgreSQL: disk_full. */
  private static final String DISK_FULL = "53100";

  /**
   * Beginnings of SQL states. 08: the connection; 57P: PostgreSQL is being shut down or started;
   * 53300: it has no connection left; 58: its disk fails; XJ001, XJ040, XSLA, XSDG, XSDA, XSDB,
   * XSDF: Derby's files cannot be opened, read or written, which ends its database until the next
   * connection.
   */
  private static final List<String> AWAY =
      List.of(
          "08", "57P", "53300", "58", "XJ040", "XJ001", "XSLA", "XSLB", "XSDG", "XSDA", "XSDB",
          "XSDF");

  private Outages() {}

  /** The document, or null when it is something else. */
  static @Nullable Problem of(Throwable thrown) {
    Throwable cause = thrown;
    boolean away = false;
    for (int i = 0; i < DEPTH && cause != null; i++) {
      if (isFull(cause)) {
        LOG.warn("A disk is full", thrown);
        return Problems.retryLater(
            Problem.of(507, "storage-full", "No room", "The server has no room for this now"));
      }
      away |= isAway(cause);
      cause = cause.getCause();
    }
    if (!away) {
      return null;
    }
    LOG.warn("A request was refused, for the database is away: {}", thrown.toString());
    return Problem.of(503, "database-away", "Not available for now", "Try again in a moment")
        .with(List.of(), Map.of("Retry-After", "2"));
  }

  private static boolean isFull(Throwable cause) {
    return cause instanceof SQLException e
        ? DISK_FULL.equals(e.getSQLState())
        : cause instanceof IOException
            && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(NO_ROOM);
  }

  private static boolean isAway(Throwable cause) {
    if (!(cause instanceof SQLException e)) {
      return false;
    }
    String state = String.valueOf(e.getSQLState());
    return cause instanceof SQLTransientConnectionException
        || cause instanceof SQLNonTransientConnectionException
        || cause instanceof SQLRecoverableException
        || AWAY.stream().anyMatch(state::startsWith);
  }
}
