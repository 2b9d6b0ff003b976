package org.tonekeep.passkeys.internal.jpa;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.PersistenceException;
import javax.persistence.TypedQuery;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.passkeys.internal.KnownCredentialException;
import org.tonekeep.passkeys.internal.Passkey;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of passkeys, sealed. */
@Component(service = PasskeyStore.class)
public final class PasskeyStore {
  /** SQLSTATE of a unique violation, the same on Derby and PostgreSQL. */
  private static final String DUPLICATE = "23505";

  private static final String NAME = "passkeys_credential.key_name";
  private static final String CREDENTIAL = "passkeys_credential.credential";

  private final Database db;
  private final OwnerKeys owners;

  @Activate
  public PasskeyStore(
      @Reference(target = "(unit=passkeys)") Database db, @Reference OwnerKeys owners) {
    this.db = db;
    this.owners = owners;
  }

  /**
   * Stores a new passkey.
   *
   * @param credentialHash SHA-256 of the credential's id, 64 hexadecimal digits
   * @throws KnownCredentialException when the tenant has that credential already, whoever owns it;
   *     the running transaction can then only roll back
   */
  public void insert(TenantId tenant, String credentialHash, Passkey passkey) {
    Object unused =
        db.call(
            tenant,
            em -> {
              if (by(em, tenant, credentialHash).getResultStream().findFirst().isPresent()) {
                throw new KnownCredentialException();
              }
              String owner = passkey.account().value();
              PasskeyEntity row = new PasskeyEntity();
              row.tenant = tenant.value();
              row.id = passkey.id();
              row.account = owner;
              row.name = owners.sealText(tenant, owner, NAME, passkey.name());
              row.credentialHash = credentialHash;
              row.credential = owners.sealText(tenant, owner, CREDENTIAL, passkey.credential());
              row.transports = String.join(",", passkey.transports());
              row.flags = passkey.flags();
              row.signCount = passkey.signCount();
              row.createdAt = passkey.createdAt();
              em.persist(row);
              flush(em);
              return row.id;
            });
  }

  /** The passkey of a credential; empty also when its owner's key was destroyed. */
  public Optional<Passkey> findByCredential(TenantId tenant, String credentialHash) {
    return db.call(
        tenant,
        em ->
            by(em, tenant, credentialHash)
                .getResultStream()
                .findFirst()
                .flatMap(row -> open(tenant, row)));
  }

  /** All passkeys of the account, newest first. */
  public List<Passkey> list(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT p FROM PasskeyEntity p WHERE p.tenant = :tenant"
                        + " AND p.account = :account ORDER BY p.id DESC",
                    PasskeyEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .flatMap(row -> open(tenant, row).stream())
                .toList());
  }

  /**
   * Notes that the passkey was used; false when somebody else used it, or removed it, since it was
   * read.
   *
   * @param before as it was read
   */
  public boolean use(TenantId tenant, Passkey before, int flags, long signCount, Instant now) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                        "UPDATE PasskeyEntity p SET p.flags = :flags, p.signCount = :count,"
                            + " p.lastUsed = :now WHERE p.tenant = :tenant AND p.id = :id"
                            + " AND p.signCount = :before")
                    .setParameter("flags", flags)
                    .setParameter("count", signCount)
                    .setParameter("now", now)
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", before.id())
                    .setParameter("before", before.signCount())
                    .executeUpdate()
                == 1);
  }

  /** Removes one passkey of the account; false when it has none of that id. */
  public boolean remove(TenantId tenant, AccountId account, String id) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                        "DELETE FROM PasskeyEntity p WHERE p.tenant = :tenant"
                            + " AND p.account = :account AND p.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("id", id)
                    .executeUpdate()
                == 1);
  }

  /**
   * Removes all passkeys of the account.
   *
   * @return how many there were
   */
  public int removeAll(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "DELETE FROM PasskeyEntity p"
                        + " WHERE p.tenant = :tenant AND p.account = :account")
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .executeUpdate());
  }

  private static TypedQuery<PasskeyEntity> by(EntityManager em, TenantId tenant, String hash) {
    return em.createQuery(
            "SELECT p FROM PasskeyEntity p"
                + " WHERE p.tenant = :tenant AND p.credentialHash = :hash",
            PasskeyEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("hash", hash);
  }

  private Optional<Passkey> open(TenantId tenant, PasskeyEntity row) {
    try {
      return Optional.of(
          new Passkey(
              row.id,
              new AccountId(row.account),
              owners.openText(tenant, row.account, NAME, row.name),
              owners.openText(tenant, row.account, CREDENTIAL, row.credential),
              Arrays.stream(row.transports.split(",", -1)).filter(t -> !t.isEmpty()).toList(),
              row.flags,
              row.signCount,
              row.createdAt,
              Optional.ofNullable(row.lastUsed)));
    } catch (NoOwnerKeyException e) {
      return Optional.empty(); // the owner was erased: there is nothing left to open
    }
  }

  /** Flushes here, where a unique violation can still be told from other failures. */
  private static void flush(EntityManager em) {
    try {
      em.flush();
    } catch (PersistenceException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (t instanceof SQLException sql && DUPLICATE.equals(sql.getSQLState())) {
          throw new KnownCredentialException();
        }
      }
      throw e;
    }
  }
}
