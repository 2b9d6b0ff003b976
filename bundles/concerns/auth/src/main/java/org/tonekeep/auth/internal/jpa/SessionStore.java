package org.tonekeep.auth.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.SessionLimits;
import org.tonekeep.auth.internal.SessionRow;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of sessions. It does not judge whether one is still alive. */
@Component(service = SessionStore.class)
public final class SessionStore {
  private static final String OF_ACCOUNT = " s.tenant = :tenant AND s.account = :account";

  private final Database db;

  @Activate
  public SessionStore(@Reference(target = "(unit=auth)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, String tokenHash, SessionRow session) {
    Object unused =
        db.call(
            tenant,
            em -> {
              SessionEntity entity = new SessionEntity();
              entity.tenant = tenant.value();
              entity.id = session.id();
              entity.tokenHash = tokenHash;
              entity.account = session.account().value();
              entity.epoch = session.epoch();
              entity.label = session.label();
              entity.createdAt = session.createdAt();
              entity.lastSeen = session.lastSeen();
              entity.expiresAt = session.expiresAt();
              entity.provenAt = session.provenAt();
              em.persist(entity);
              return entity.id;
            });
  }

  public Optional<SessionRow> findByToken(TenantId tenant, String tokenHash) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT s FROM SessionEntity s"
                        + " WHERE s.tenant = :tenant AND s.tokenHash = :hash",
                    SessionEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("hash", tokenHash)
                .getResultList()
                .stream()
                .findFirst()
                .map(SessionStore::session));
  }

  public Optional<SessionRow> find(TenantId tenant, AccountId account, String session) {
    return list(tenant, account).stream().filter(row -> row.id().equals(session)).findFirst();
  }

  /** All rows of the account, newest first. */
  public List<SessionRow> list(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT s FROM SessionEntity s WHERE" + OF_ACCOUNT + " ORDER BY s.id DESC",
                    SessionEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .map(SessionStore::session)
                .toList());
  }

  /** Sets when the session was used, unless a later time is known. */
  public void touch(TenantId tenant, String session, Instant when) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "UPDATE SessionEntity s SET s.lastSeen = :seen"
                            + " WHERE s.tenant = :tenant AND s.id = :id AND s.lastSeen < :seen")
                    .setParameter("seen", when)
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", session)
                    .executeUpdate());
  }

  /** Sets when the person proved in the session to be the owner. */
  public void prove(TenantId tenant, AccountId account, String session, Instant when) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "UPDATE SessionEntity s SET s.provenAt = :when WHERE"
                            + OF_ACCOUNT
                            + " AND s.id = :id")
                    .setParameter("when", when)
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("id", session)
                    .executeUpdate());
  }

  /** Accounts that have sessions, by id, after a cursor. */
  public List<AccountId> accounts(TenantId tenant, String after, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT DISTINCT s.account FROM SessionEntity s"
                        + " WHERE s.tenant = :tenant AND s.account > :after ORDER BY s.account",
                    String.class)
                .setParameter("tenant", tenant.value())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(AccountId::new)
                .toList());
  }

  /** Removes the account's sessions of epochs before this one. */
  public void removeBefore(TenantId tenant, AccountId account, long epoch) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM SessionEntity s WHERE" + OF_ACCOUNT + " AND s.epoch < :epoch")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("epoch", epoch)
                    .executeUpdate());
  }

  /** Removes one session of the account; false when it has none of that id. */
  public boolean remove(TenantId tenant, AccountId account, String session) {
    return db.call(
        tenant,
        em ->
            em.createQuery("DELETE FROM SessionEntity s WHERE" + OF_ACCOUNT + " AND s.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("id", session)
                    .executeUpdate()
                > 0);
  }

  /** Removes all sessions of the account but one; an empty id spares none. */
  public void removeOthers(TenantId tenant, AccountId account, String spared) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM SessionEntity s WHERE" + OF_ACCOUNT + " AND s.id <> :spared")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("spared", spared)
                    .executeUpdate());
  }

  /**
   * Removes the tenant's sessions that are over.
   *
   * @return how many there were
   */
  public int purge(TenantId tenant, SessionLimits limits, Instant now) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "DELETE FROM SessionEntity s WHERE s.tenant = :tenant AND"
                        + " (s.expiresAt <= :now OR s.createdAt <= :begun OR s.lastSeen <= :seen)")
                .setParameter("tenant", tenant.value())
                .setParameter("now", now)
                .setParameter("begun", now.minus(limits.ttl()))
                .setParameter("seen", now.minus(limits.idle()))
                .executeUpdate());
  }

  private static SessionRow session(SessionEntity entity) {
    return new SessionRow(
        entity.id,
        new AccountId(entity.account),
        entity.epoch,
        entity.label,
        entity.createdAt,
        entity.lastSeen,
        entity.expiresAt,
        entity.provenAt);
  }
}
