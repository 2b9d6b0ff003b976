package org.tonekeep.auth.internal.jpa;

import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.Credential;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of credentials: at most one of an account. */
@Component(service = CredentialStore.class)
public final class CredentialStore {
  private final Database db;

  @Activate
  public CredentialStore(@Reference(target = "(unit=auth)") Database db) {
    this.db = db;
  }

  public Optional<Credential> find(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(row(em, tenant, account, LockModeType.NONE))
                .map(e -> new Credential(e.scheme, e.hash)));
  }

  public void insert(TenantId tenant, AccountId account, Credential credential) {
    Object unused =
        db.call(
            tenant,
            em -> {
              CredentialEntity entity = new CredentialEntity();
              entity.tenant = tenant.value();
              entity.account = account.value();
              set(entity, credential);
              em.persist(entity);
              return entity.account;
            });
  }

  /**
   * Whether the credential is still the one that was verified. Locks the row until the transaction
   * ends: a login and a change of the password that overlap come one after the other.
   */
  public boolean lock(TenantId tenant, AccountId account, Credential verified) {
    return db.call(
        tenant,
        em -> {
          CredentialEntity entity = row(em, tenant, account, LockModeType.PESSIMISTIC_WRITE);
          return entity != null && verified.equals(new Credential(entity.scheme, entity.hash));
        });
  }

  /**
   * Locks the account's row, if there is one, until the transaction ends: whoever changes both
   * locks the credential before the account, or two would wait for each other.
   */
  public void lock(TenantId tenant, AccountId account) {
    Object unused =
        db.call(
            tenant,
            em ->
                Optional.ofNullable(row(em, tenant, account, LockModeType.PESSIMISTIC_WRITE))
                    .isPresent());
  }

  /** The greatest cost of the tenant's credentials; 0 when there is none. */
  public int dearest(TenantId tenant) {
    return db.call(
        tenant,
        em -> {
          Integer most =
              em.createQuery(
                      "SELECT MAX(c.cost) FROM CredentialEntity c WHERE c.tenant = :tenant",
                      Integer.class)
                  .setParameter("tenant", tenant.value())
                  .getSingleResult();
          return most == null ? 0 : most;
        });
  }

  /** Sets the credential of the account, whether it has one or not. */
  public void put(TenantId tenant, AccountId account, Credential credential) {
    if (find(tenant, account).isPresent()) {
      replace(tenant, account, credential);
    } else {
      insert(tenant, account, credential);
    }
  }

  /** Replaces the credential of the account, if it has one. */
  public void replace(TenantId tenant, AccountId account, Credential credential) {
    Object unused =
        db.call(
            tenant,
            em -> {
              CredentialEntity entity = row(em, tenant, account, LockModeType.PESSIMISTIC_WRITE);
              if (entity != null) {
                set(entity, credential);
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
                        "DELETE FROM CredentialEntity c"
                            + " WHERE c.tenant = :tenant AND c.account = :account")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .executeUpdate());
  }

  private static @Nullable CredentialEntity row(
      EntityManager em, TenantId tenant, AccountId account, LockModeType lock) {
    return em.find(
        CredentialEntity.class, new CredentialEntity.Key(tenant.value(), account.value()), lock);
  }

  private static void set(CredentialEntity entity, Credential credential) {
    entity.scheme = credential.scheme();
    entity.cost = credential.cost();
    entity.hash = credential.hash();
  }
}
