package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** The ledger in {@link KeysDatabase}, and what was destroyed also in the data folder. */
final class SqlLedger implements KeyLedger {
  private static final String INSERT = " VALUES (?) ON CONFLICT DO NOTHING";

  private final KeysDatabase database;
  private final Marks local;

  SqlLedger(KeysDatabase database, Marks local) {
    this.database = database;
    this.local = local;
  }

  @Override
  public Set<String> destroyed() {
    return new HashSet<>(
        database.change(c -> KeysDatabase.column(c, "SELECT mark FROM crypto_destroyed")));
  }

  @Override
  public void addDestroyed(Set<String> marks) {
    addLocal(marks);
    int unused = database.change(c -> insert(c, "INSERT INTO crypto_destroyed (mark)", marks));
  }

  /** In the data folder of this node. */
  void addLocal(Set<String> marks) {
    try {
      for (String mark : marks) {
        local.add(mark);
      }
    } catch (IOException e) {
      throw new KeysUnavailableException("The data folder fails", e);
    }
  }

  @Override
  public Set<String> kinds() {
    return new HashSet<>(
        database.change(c -> KeysDatabase.column(c, "SELECT kind FROM crypto_kind")));
  }

  @Override
  public void addKind(String kind) {
    int unused = database.change(c -> insert(c, "INSERT INTO crypto_kind (kind)", Set.of(kind)));
  }

  @Override
  public void check() {
    boolean unused =
        database.change(c -> KeysDatabase.column(c, "SELECT kind FROM crypto_kind").isEmpty());
  }

  private static int insert(Connection connection, String into, Set<String> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(into + INSERT)) {
      for (String value : values) {
        statement.setString(1, value);
        statement.addBatch();
      }
      return statement.executeBatch().length;
    }
  }
}
