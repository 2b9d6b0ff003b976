package org.tonekeep.rest.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.tenant.api.TenantId;

/**
 * The rows of {@code rest_idempotency}. Each method is one statement and, unless the thread is in a
 * transaction, a transaction of its own: no connection is held while a request runs.
 */
@Component(service = KeyStore.class)
public final class KeyStore {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String ROW = " WHERE tenant = ? AND account = ? AND idem_key = ?";

  private final DataSource source;

  @Activate
  public KeyStore(
      @Reference(target = "(osgi.jndi.service.name=tonekeep)") DataSource source,
      @SuppressWarnings("unused") // only its being there matters
          @Reference(target = "(unit=rest)")
          Migrated migrated) {
    this(source);
  }

  KeyStore(DataSource source) {
    this.source = source;
  }

  /** Adds a row; false when the account has one with this key. */
  boolean insert(TenantId tenant, AccountId account, KeyRow row) {
    try {
      return update(
              "INSERT INTO rest_idempotency (tenant, account, idem_key, fingerprint, claim,"
                  + " lease_until, status, location, created_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)",
              tenant.value(),
              account.value(),
              row.key(),
              row.fingerprint(),
              row.claim(),
              row.leaseUntil().toEpochMilli(),
              row.status(),
              row.createdAt().toEpochMilli())
          == 1;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw new KeyStoreException(e);
    }
  }

  Optional<KeyRow> find(TenantId tenant, AccountId account, String key) {
    return select(ROW, tenant.value(), account.value(), key).stream().findFirst();
  }

  /** Everything kept of the account. */
  List<KeyRow> ofAccount(TenantId tenant, AccountId account) {
    return select(
        " WHERE tenant = ? AND account = ? ORDER BY created_at, idem_key",
        tenant.value(),
        account.value());
  }

  /** Keeps the lease of who holds the claim; false when it is lost. */
  boolean renew(TenantId tenant, AccountId account, String key, String claim, Instant until) {
    return change(
        "UPDATE rest_idempotency SET lease_until = ?" + ROW + " AND claim = ? AND status = 0",
        until.toEpochMilli(),
        tenant.value(),
        account.value(),
        key,
        claim);
  }

  /** Says how it ended, unless the claim is lost. */
  boolean finish(
      TenantId tenant,
      AccountId account,
      String key,
      String claim,
      int status,
      @Nullable String location) {
    return change(
        "UPDATE rest_idempotency SET status = ?, location = ?" + ROW + " AND claim = ?",
        status,
        location,
        tenant.value(),
        account.value(),
        key,
        claim);
  }

  /** Forgets the key, unless the claim is lost. */
  boolean release(TenantId tenant, AccountId account, String key, String claim) {
    return change(
        "DELETE FROM rest_idempotency" + ROW + " AND claim = ?",
        tenant.value(),
        account.value(),
        key,
        claim);
  }

  /**
   * Forgets what is older, except what is being done.
   *
   * @return how many rows there were
   */
  int expire(TenantId tenant, Instant createdBefore, Instant now) {
    try {
      return update(
          "DELETE FROM rest_idempotency WHERE tenant = ? AND created_at < ?"
              + " AND (status <> 0 OR lease_until < ?)",
          tenant.value(),
          createdBefore.toEpochMilli(),
          now.toEpochMilli());
    } catch (SQLException e) {
      throw new KeyStoreException(e);
    }
  }

  /** Forgets everything of the account. */
  void forget(TenantId tenant, AccountId account) {
    boolean unused =
        change(
            "DELETE FROM rest_idempotency WHERE tenant = ? AND account = ?",
            tenant.value(),
            account.value());
  }

  private boolean change(String sql, @Nullable Object... values) {
    try {
      return update(sql, values) > 0;
    } catch (SQLException e) {
      throw new KeyStoreException(e);
    }
  }

  private int update(String sql, @Nullable Object... values) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  private List<KeyRow> select(String where, @Nullable Object... values) {
    String sql =
        "SELECT idem_key, fingerprint, claim, lease_until, status, location, created_at"
            + " FROM rest_idempotency"
            + where;
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<KeyRow> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(
              new KeyRow(
                  result.getString(1),
                  result.getString(2),
                  result.getString(3),
                  Instant.ofEpochMilli(result.getLong(4)),
                  result.getInt(5),
                  result.getString(6),
                  Instant.ofEpochMilli(result.getLong(7))));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new KeyStoreException(e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, java.sql.Types.VARCHAR);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }
}
