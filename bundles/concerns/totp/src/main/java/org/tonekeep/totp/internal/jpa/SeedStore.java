package org.tonekeep.totp.internal.jpa;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import javax.persistence.Query;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.totp.internal.Seed;

/** The rows of seeds, sealed, and of recovery codes. */
@Component(service = SeedStore.class)
public final class SeedStore {
  private static final String USE = "totp_seed.seed";
  private static final String OF_ACCOUNT = " WHERE s.tenant = :tenant AND s.account = :account";

  private final Database db;
  private final OwnerKeys owners;

  @Activate
  public SeedStore(@Reference(target = "(unit=totp)") Database db, @Reference OwnerKeys owners) {
    this.db = db;
    this.owners = owners;
  }

  /** The seed; empty also when its owner's key was destroyed. */
  public Optional<Seed> find(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(
                    em.find(SeedEntity.class, new SeedEntity.Key(tenant.value(), account.value())))
                .flatMap(row -> open(tenant, row)));
  }

  private Optional<Seed> open(TenantId tenant, SeedEntity row) {
    byte[] secret;
    try {
      secret = owners.open(tenant, row.account, USE, Base64.getUrlDecoder().decode(row.seed));
    } catch (NoOwnerKeyException e) {
      return Optional.empty(); // the owner was erased: there is nothing left to open
    }
    return Optional.of(
        new Seed(
            new SecretKeySpec(secret, "RAW"),
            row.confirmed == 1,
            row.lastStep,
            row.failures,
            row.lastTry,
            row.createdAt));
  }

  /**
   * Stores a seed that is not confirmed yet, in place of an earlier such one.
   *
   * @return false when a confirmed one is there
   */
  public boolean begin(TenantId tenant, AccountId account, byte[] secret, Instant now) {
    return db.call(
        tenant,
        em -> {
          SeedEntity.Key key = new SeedEntity.Key(tenant.value(), account.value());
          SeedEntity row = em.find(SeedEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
          if (row != null && row.confirmed == 1) {
            return false;
          }
          SeedEntity kept = row == null ? new SeedEntity() : row;
          kept.tenant = tenant.value();
          kept.account = account.value();
          kept.seed =
              Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(owners.seal(tenant, account.value(), USE, secret));
          kept.lastStep = -1;
          kept.failures = 0;
          kept.lastTry = now;
          kept.createdAt = now;
          em.persist(kept);
          return true;
        });
  }

  /** Says that the seed counts from now on; false when it did already, or there is none. */
  public boolean confirm(TenantId tenant, AccountId account, long step) {
    return db.call(
        tenant,
        em ->
            query(
                        em,
                        "UPDATE SeedEntity s SET s.confirmed = 1, s.lastStep = :step,"
                            + " s.failures = 0",
                        " AND s.confirmed = 0 AND s.lastStep < :step",
                        tenant,
                        account)
                    .setParameter("step", step)
                    .executeUpdate()
                == 1);
  }

  /**
   * Takes the code of a step, for once: false when it, or one of a later step, was taken before,
   * also by somebody else at the same moment.
   */
  public boolean take(TenantId tenant, AccountId account, long step, Instant now) {
    return db.call(
        tenant,
        em ->
            query(
                        em,
                        "UPDATE SeedEntity s SET s.lastStep = :step, s.failures = 0,"
                            + " s.lastTry = :now",
                        " AND s.confirmed = 1 AND s.lastStep < :step",
                        tenant,
                        account)
                    .setParameter("step", step)
                    .setParameter("now", now)
                    .executeUpdate()
                == 1);
  }

  /** Notes wrong codes in a row, unless a later try is known. */
  public void fail(TenantId tenant, AccountId account, int failures, Instant when) {
    Object unused =
        db.call(
            tenant,
            em ->
                query(
                        em,
                        "UPDATE SeedEntity s SET s.failures = :failures, s.lastTry = :when",
                        " AND s.lastTry < :when",
                        tenant,
                        account)
                    .setParameter("failures", failures)
                    .setParameter("when", when)
                    .executeUpdate());
  }

  /** Replaces the recovery codes. */
  public void setRecovery(TenantId tenant, AccountId account, List<String> hashes) {
    Object unused =
        db.call(
            tenant,
            em -> {
              query(em, "DELETE FROM RecoveryEntity s", "", tenant, account).executeUpdate();
              for (String hash : hashes) {
                RecoveryEntity row = new RecoveryEntity();
                row.tenant = tenant.value();
                row.account = account.value();
                row.hash = hash;
                em.persist(row);
              }
              return hashes;
            });
  }

  /** Uses a recovery code up; false when it is none, also when somebody used it first. */
  public boolean spend(TenantId tenant, AccountId account, String hash) {
    return db.call(
        tenant,
        em ->
            query(em, "DELETE FROM RecoveryEntity s", " AND s.hash = :hash", tenant, account)
                    .setParameter("hash", hash)
                    .executeUpdate()
                == 1);
  }

  /** How many recovery codes are left. */
  public int left(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            ((Number)
                    query(em, "SELECT COUNT(s) FROM RecoveryEntity s", "", tenant, account)
                        .getSingleResult())
                .intValue());
  }

  /** Removes the seed and the recovery codes; false when no confirmed seed was there. */
  public boolean remove(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em -> {
          int confirmed =
              query(em, "DELETE FROM SeedEntity s", " AND s.confirmed = 1", tenant, account)
                  .executeUpdate();
          query(em, "DELETE FROM SeedEntity s", "", tenant, account).executeUpdate();
          query(em, "DELETE FROM RecoveryEntity s", "", tenant, account).executeUpdate();
          return confirmed > 0;
        });
  }

  private static Query query(
      EntityManager em, String begin, String end, TenantId tenant, AccountId account) {
    return em.createQuery(begin + OF_ACCOUNT + end)
        .setParameter("tenant", tenant.value())
        .setParameter("account", account.value());
  }
}
