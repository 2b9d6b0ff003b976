package org.tonekeep.vault.internal.jpa;

import java.util.Optional;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.Charge;
import org.tonekeep.vault.internal.Counted;

/**
 * The counters of what each owner keeps; the owner {@link #SITE} stands for all of the tenant.
 * Every method joins the running transaction.
 */
@Component(service = UsageStore.class)
public final class UsageStore {
  /** In the place of an owner: the whole tenant. */
  public static final String SITE = "";

  private final Database db;

  @Activate
  public UsageStore(@Reference(target = "(unit=vault)") Database db) {
    this.db = db;
  }

  public Optional<Counted> find(TenantId tenant, String owner) {
    return db.call(
        tenant, em -> Optional.ofNullable(row(em, tenant, owner)).map(UsageStore::counted));
  }

  /** Makes the row of an owner that has none. Of two at once, one fails. */
  public void open(TenantId tenant, String owner) {
    boolean unused =
        db.call(
            tenant,
            em -> {
              if (row(em, tenant, owner) == null) {
                em.persist(new UsageEntity(tenant.value(), owner));
              }
              return true;
            });
  }

  /**
   * Changes the counters, unless that would lead past a limit. The row is locked until the end of
   * the transaction, so that nobody else counts in between.
   *
   * @return false when nothing was changed
   */
  public boolean add(
      TenantId tenant, String owner, Charge charge, long mostBytes, long mostTracks) {
    return db.call(
        tenant,
        em -> {
          int rows =
              em.createQuery(
                      "UPDATE UsageEntity u SET u.bytes = u.bytes + :bytes,"
                          + " u.tracks = u.tracks + :tracks,"
                          + " u.reservedBytes = u.reservedBytes + :reservedBytes,"
                          + " u.reservedTracks = u.reservedTracks + :reservedTracks"
                          + " WHERE u.tenant = :tenant AND u.owner = :owner"
                          + " AND u.bytes + u.reservedBytes <= :roomBytes"
                          + " AND u.tracks + u.reservedTracks <= :roomTracks")
                  .setParameter("bytes", charge.bytes())
                  .setParameter("tracks", charge.tracks())
                  .setParameter("reservedBytes", charge.reservedBytes())
                  .setParameter("reservedTracks", charge.reservedTracks())
                  .setParameter("tenant", tenant.value())
                  .setParameter("owner", owner)
                  .setParameter("roomBytes", room(mostBytes, charge.allBytes()))
                  .setParameter("roomTracks", room(mostTracks, charge.allTracks()))
                  .executeUpdate();
          // A bulk update goes past the entities that this transaction has read.
          em.clear();
          return rows > 0;
        });
  }

  /** Up to which count the charge fits. What takes nothing more always does. */
  private static long room(long most, long more) {
    return more <= 0 ? Long.MAX_VALUE : most - more;
  }

  /** Sets the operator's own limits for the owner; null: as the tenant's file says. */
  public void limit(
      TenantId tenant, String owner, @Nullable Long ownBytes, @Nullable Long ownTracks) {
    boolean unused =
        db.call(
            tenant,
            em -> {
              UsageEntity row = row(em, tenant, owner);
              if (row == null) {
                row = new UsageEntity(tenant.value(), owner);
                em.persist(row);
              }
              row.ownBytes = ownBytes;
              row.ownTracks = ownTracks;
              return true;
            });
  }

  /** Forgets the owner's row. */
  public void forget(TenantId tenant, String owner) {
    boolean unused =
        db.call(
            tenant,
            em -> {
              UsageEntity row = row(em, tenant, owner);
              if (row != null) {
                em.remove(row);
              }
              return true;
            });
  }

  private static @Nullable UsageEntity row(EntityManager em, TenantId tenant, String owner) {
    return em.find(UsageEntity.class, new UsageEntity.Key(tenant.value(), owner));
  }

  private static Counted counted(UsageEntity row) {
    return new Counted(
        row.bytes, row.tracks, row.reservedBytes, row.reservedTracks, row.ownBytes, row.ownTracks);
  }
}
