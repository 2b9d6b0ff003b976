package org.tonekeep.crypto.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import org.tonekeep.crypto.api.BrokenSealException;

/**
 * The secret of the day in an unlogged table that all nodes share, wrapped by a key of the root. At
 * midnight the table is truncated, which drops its file; a deleted row would stay in its page.
 */
final class SqlDays implements Days {
  /** "tone day". */
  private static final long LOCK = 0x746f6e6520646179L;

  private final KeysDatabase database;
  private final SecretKey wrapping;

  SqlDays(KeysDatabase database, SecretKey wrapping) {
    this.database = database;
    this.wrapping = wrapping;
  }

  @Override
  public byte[] of(LocalDate day) {
    return database.change(
        c -> {
          KeysDatabase.lock(c, LOCK);
          List<String> found =
              KeysDatabase.column(c, "SELECT secret FROM crypto_day WHERE day = ?", day.toString());
          return found.isEmpty() ? make(c, day) : opened(c, day, found.get(0));
        });
  }

  private byte[] opened(Connection connection, LocalDate day, String sealed) throws SQLException {
    try {
      return Gcm.open(wrapping, about(day), Base64.getDecoder().decode(sealed));
    } catch (BrokenSealException e) {
      // A damaged one only splits the day, as a lost one does.
      int unused =
          KeysDatabase.update(connection, "DELETE FROM crypto_day WHERE day = ?", day.toString());
      return make(connection, day);
    }
  }

  private byte[] make(Connection connection, LocalDate day) throws SQLException {
    byte[] secret = Gcm.newKey();
    int unused =
        KeysDatabase.update(
            connection,
            "INSERT INTO crypto_day (day, secret) VALUES (?, ?)",
            day.toString(),
            Base64.getEncoder().encodeToString(Gcm.seal(wrapping, about(day), secret)));
    return secret;
  }

  /** What is later than this node's day belongs to a node whose clock is a little ahead. */
  @Override
  public void destroyOthers(LocalDate day) {
    int unused =
        database.change(
            c -> {
              KeysDatabase.lock(c, LOCK);
              List<String> days = KeysDatabase.column(c, "SELECT day FROM crypto_day");
              if (days.stream().allMatch(found -> found.compareTo(day.toString()) < 0)) {
                return days.isEmpty() ? 0 : KeysDatabase.update(c, "TRUNCATE crypto_day");
              }
              return KeysDatabase.update(c, "DELETE FROM crypto_day WHERE day < ?", day.toString());
            });
  }

  private static byte[] about(LocalDate day) {
    return Gcm.about("day", day.toString());
  }
}
