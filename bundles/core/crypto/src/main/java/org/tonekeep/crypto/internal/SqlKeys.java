package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.tonekeep.crypto.api.OwnerKeys.Owned;
import org.tonekeep.tenant.api.TenantId;

/**
 * Wrapped keys in {@link KeysDatabase}, shared by all nodes. Making and destroying one owner's key
 * wait for each other, so a key and its grave are never both there.
 */
final class SqlKeys implements WrappedKeys {
  private static final int PAGE = 1000;

  private final KeysDatabase database;
  private final Marks local;
  private final SqlLedger ledger;
  private final BiFunction<TenantId, String, String> mark;

  /**
   * @param local this node's own list of graves, which a restored database is held against
   */
  SqlKeys(KeysDatabase database, Marks local, BiFunction<TenantId, String, String> mark) {
    this.database = database;
    this.local = local;
    this.ledger = new SqlLedger(database, local);
    this.mark = mark;
  }

  @Override
  public List<WrappedKey> tenantKeys(TenantId tenant) {
    return database
        .change(
            c ->
                KeysDatabase.column(
                    c,
                    "SELECT wrapped FROM crypto_tenant WHERE tenant = ? ORDER BY version",
                    tenant.value()))
        .stream()
        .map(SqlKeys::key)
        .toList();
  }

  @Override
  public WrappedKey addTenantKey(TenantId tenant, int version, WrappedKey key) {
    int unused =
        database.change(
            c ->
                KeysDatabase.update(
                    c,
                    "INSERT INTO crypto_tenant (tenant, version, wrapped) VALUES (?, "
                        + version
                        + ", ?) ON CONFLICT DO NOTHING",
                    tenant.value(),
                    text(key)));
    List<WrappedKey> there = tenantKeys(tenant);
    if (there.size() < version) {
      throw new KeysRefusedException("A tenant's key vanished while it was made");
    }
    return there.get(version - 1);
  }

  @Override
  public Optional<WrappedKey> ownerKey(TenantId tenant, String owner) {
    return one(
        "SELECT wrapped FROM crypto_owner WHERE tenant = ? AND owner = ?"
            + " AND NOT EXISTS (SELECT 1 FROM crypto_destroyed WHERE mark = ?)",
        tenant.value(),
        owner,
        mark.apply(tenant, owner));
  }

  @Override
  public boolean addOwnerKey(TenantId tenant, String owner, WrappedKey key) {
    String grave = mark.apply(tenant, owner);
    return database.change(
        c -> {
          KeysDatabase.lock(c, number(grave));
          if (!KeysDatabase.column(c, "SELECT mark FROM crypto_destroyed WHERE mark = ?", grave)
              .isEmpty()) {
            return false;
          }
          int unused =
              KeysDatabase.update(
                  c,
                  "INSERT INTO crypto_owner (tenant, owner, wrapped) VALUES (?, ?, ?)"
                      + " ON CONFLICT DO NOTHING",
                  tenant.value(),
                  owner,
                  text(key));
          return true;
        });
  }

  @Override
  public void destroyOwnerKey(TenantId tenant, String owner) {
    String grave = mark.apply(tenant, owner);
    ledger.addLocal(Set.of(grave));
    int unused =
        database.change(
            c -> {
              KeysDatabase.lock(c, number(grave));
              int buried =
                  KeysDatabase.update(
                      c,
                      "INSERT INTO crypto_destroyed (mark) VALUES (?) ON CONFLICT DO NOTHING",
                      grave);
              return buried
                  + KeysDatabase.update(
                      c,
                      "DELETE FROM crypto_owner WHERE tenant = ? AND owner = ?",
                      tenant.value(),
                      owner);
            });
  }

  @Override
  public boolean isDestroyed(TenantId tenant, String owner) {
    String grave = mark.apply(tenant, owner);
    return !database
        .change(
            c -> KeysDatabase.column(c, "SELECT mark FROM crypto_destroyed WHERE mark = ?", grave))
        .isEmpty();
  }

  @Override
  public int replaceOwnerKeys(TenantId tenant, List<Rewrapped> batch) {
    return database.change(
        c -> {
          try (PreparedStatement update =
              c.prepareStatement(
                  "UPDATE crypto_owner SET wrapped = ? WHERE tenant = ? AND owner = ?"
                      + " AND wrapped = ?")) {
            for (Rewrapped one : batch) {
              update.setString(1, text(one.to()));
              update.setString(2, tenant.value());
              update.setString(3, one.owner());
              update.setString(4, text(one.from()));
              update.addBatch();
            }
            return Arrays.stream(update.executeBatch()).sum();
          }
        });
  }

  @Override
  public List<OwnerKey> ownerKeys(TenantId tenant, String after, int limit) {
    return database
        .change(
            c ->
                KeysDatabase.column(
                    c,
                    "SELECT owner || ' ' || wrapped FROM crypto_owner WHERE tenant = ? AND owner"
                        + " COLLATE \"C\" > ? ORDER BY owner COLLATE \"C\" LIMIT "
                        + limit,
                    tenant.value(),
                    after))
        .stream()
        .map(row -> row.split(" ", 2))
        .map(row -> new OwnerKey(row[0], key(row[1])))
        .toList();
  }

  @Override
  public List<TenantId> tenants() {
    return database
        .change(
            c ->
                KeysDatabase.column(c, "SELECT DISTINCT tenant FROM crypto_tenant ORDER BY tenant"))
        .stream()
        .map(TenantId::new)
        .toList();
  }

  /** Only what this node alone knows to be dead has come back: a database that was restored. */
  @Override
  public void clean() {
    try {
      Set<String> back = local.all();
      Set<String> known = ledger.destroyed();
      back.removeAll(known);
      if (!back.isEmpty()) {
        for (TenantId tenant : tenants()) {
          destroyAll(tenant, back);
        }
        ledger.addDestroyed(back);
      }
      ledger.addLocal(known);
    } catch (IOException e) {
      throw new KeysUnavailableException("The data folder fails", e);
    }
  }

  private void destroyAll(TenantId tenant, Set<String> marks) {
    List<Owned> page = owners(tenant, "", PAGE);
    while (!page.isEmpty()) {
      for (Owned owned : page) {
        if (marks.contains(mark.apply(tenant, owned.owner()))) {
          destroyOwnerKey(tenant, owned.owner());
        }
      }
      page = owners(tenant, page.get(page.size() - 1).owner(), PAGE);
    }
  }

  @Override
  public KeyLedger ledger() {
    return ledger;
  }

  private Optional<WrappedKey> one(String sql, String... values) {
    return database.change(c -> KeysDatabase.column(c, sql, values)).stream()
        .findFirst()
        .map(SqlKeys::key);
  }

  private static String text(WrappedKey key) {
    return Base64.getEncoder().encodeToString(key.bytes());
  }

  private static WrappedKey key(String text) {
    return WrappedKey.of(Base64.getDecoder().decode(text));
  }

  private static long number(String mark) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(mark)).getLong();
  }
}
