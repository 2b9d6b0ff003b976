package org.tonekeep.portrait.internal.jpa;

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
import org.tonekeep.portrait.internal.Portrait;
import org.tonekeep.portrait.internal.SimultaneousException;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;

/** Which blob is whose image. */
@Component(service = PortraitStore.class)
public final class PortraitStore {
  /** SQLSTATE of a unique violation, of Derby and PostgreSQL alike. */
  private static final String DUPLICATE = "23505";

  private final Database db;

  @Activate
  public PortraitStore(@Reference(target = "(unit=portrait)") Database db) {
    this.db = db;
  }

  public Optional<Portrait> find(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(
                    em.find(
                        PortraitEntity.class,
                        new PortraitEntity.Key(tenant.value(), account.value())))
                .map(row -> portrait(tenant, row)));
  }

  /**
   * Writes the image in the place of an older one; its owner is the blob's.
   *
   * @return the older one, which nobody needs any more
   * @throws SimultaneousException when another transaction wrote the first one; the running
   *     transaction can then only roll back
   */
  public Optional<Portrait> put(TenantId tenant, Portrait portrait) {
    return db.call(
        tenant,
        em -> {
          PortraitEntity row = locked(em, tenant, portrait.blob().owner());
          Optional<Portrait> old = Optional.ofNullable(row).map(found -> portrait(tenant, found));
          PortraitEntity kept = row == null ? new PortraitEntity() : row;
          kept.tenant = tenant.value();
          kept.account = portrait.blob().owner();
          kept.blobId = portrait.blob().id();
          kept.width = portrait.width();
          kept.height = portrait.height();
          kept.updatedAt = portrait.updatedAt();
          if (row == null) {
            em.persist(kept);
            flush(em);
          }
          return old;
        });
  }

  /** Forgets the image; gives what was there. */
  public Optional<Portrait> remove(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em -> {
          PortraitEntity row = locked(em, tenant, account.value());
          if (row == null) {
            return Optional.empty();
          }
          Portrait old = portrait(tenant, row);
          em.remove(row);
          return Optional.of(old);
        });
  }

  /** Locked, so that of two uploads at once each replaces what is really there. */
  private static @Nullable PortraitEntity locked(
      EntityManager em, TenantId tenant, String account) {
    return em.find(
        PortraitEntity.class,
        new PortraitEntity.Key(tenant.value(), account),
        LockModeType.PESSIMISTIC_WRITE);
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

  private static Portrait portrait(TenantId tenant, PortraitEntity row) {
    return new Portrait(
        new BlobKey(tenant, row.account, Portrait.KIND, row.blobId),
        row.width,
        row.height,
        row.updatedAt);
  }
}
