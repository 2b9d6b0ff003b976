package org.tonekeep.profile.internal.jpa;

import java.sql.SQLException;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import javax.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.profile.internal.SimultaneousException;
import org.tonekeep.tenant.api.TenantId;

/** The rows of preferences, sealed: it cannot read them. */
@Component(service = PreferencesStore.class)
public final class PreferencesStore {
  /** SQLSTATE of a unique violation, of Derby and PostgreSQL alike. */
  private static final String DUPLICATE = "23505";

  private final Database db;

  @Activate
  public PreferencesStore(@Reference(target = "(unit=profile)") Database db) {
    this.db = db;
  }

  public Optional<String> find(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em -> Optional.ofNullable(row(em, tenant, account, LockModeType.NONE)).map(r -> r.prefs));
  }

  /** As {@link #find}; who asks too waits until the running transaction ends. */
  public Optional<String> lock(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(row(em, tenant, account, LockModeType.PESSIMISTIC_WRITE))
                .map(r -> r.prefs));
  }

  /**
   * Writes the first ones.
   *
   * @throws SimultaneousException when another transaction did; the running one can then only roll
   *     back
   */
  public void insert(TenantId tenant, AccountId account, String stored) {
    Object unused =
        db.call(
            tenant,
            em -> {
              PreferencesEntity row = new PreferencesEntity(tenant.value(), account.value());
              row.prefs = stored;
              em.persist(row);
              flush(em);
              return row.account;
            });
  }

  /** Writes them in the place of those that were there when {@link #lock} was called. */
  public void replace(TenantId tenant, AccountId account, String stored) {
    Object unused =
        db.call(
            tenant,
            em -> {
              PreferencesEntity row = row(em, tenant, account, LockModeType.PESSIMISTIC_WRITE);
              if (row != null) {
                row.prefs = stored;
              }
              return account;
            });
  }

  public void remove(TenantId tenant, AccountId account) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM PreferencesEntity p WHERE p.tenant = :tenant"
                            + " AND p.account = :account")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .executeUpdate());
  }

  /** Flushes here, where a unique violation can still be told from other failures. */
  private static void flush(EntityManager em) {
    try {
      em.flush();
    } catch (PersistenceException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (t instanceof SQLException sql && DUPLICATE.equals(sql.getSQLState())) {
          throw new SimultaneousException();
        }
      }
      throw e;
    }
  }

  private static @Nullable PreferencesEntity row(
      EntityManager em, TenantId tenant, AccountId account, LockModeType lock) {
    return em.find(
        PreferencesEntity.class, new PreferencesEntity.Key(tenant.value(), account.value()), lock);
  }
}
