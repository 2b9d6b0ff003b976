package org.tonekeep.breakglass.internal.jpa;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.breakglass.internal.Grant;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/**
 * The rows of grants. Reasons are sealed under the owner's key. Every method joins the running
 * transaction.
 */
@Component(service = GrantStore.class)
public final class GrantStore {
  private static final String REASON = "breakglass_grant.reason";

  /** Stands for an erased account: nobody has it. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private final Database db;
  private final OwnerKeys owners;

  @Activate
  public GrantStore(
      @Reference(target = "(unit=breakglass)") Database db, @Reference OwnerKeys owners) {
    this.db = db;
    this.owners = owners;
  }

  /**
   * Stores a new grant.
   *
   * @throws NoOwnerKeyException when its owner is erased
   */
  public void insert(TenantId tenant, Grant grant) {
    GrantEntity row = new GrantEntity();
    row.tenant = tenant.value();
    row.id = grant.id();
    row.owner = grant.owner().value();
    row.track = grant.track().map(TrackId::value).orElse("");
    row.staff = grant.staff().value();
    row.asker = text(grant.asker());
    row.ticket = grant.ticket();
    row.reason = owners.sealText(tenant, row.owner, REASON, grant.reason());
    row.wantedMillis = grant.wanted().toMillis();
    row.askedAt = grant.askedAt().toEpochMilli();
    what(row, grant);
    boolean unused =
        db.call(
            tenant,
            em -> {
              em.persist(row);
              return true;
            });
  }

  /** What may change after it was asked for. */
  private static void what(GrantEntity row, Grant grant) {
    row.approver = grant.approval().map(a -> text(a.approver())).orElse("");
    row.approvedAt = grant.approval().map(a -> a.at().toEpochMilli()).orElse(0L);
    row.endsAt = grant.approval().map(a -> a.endsAt().toEpochMilli()).orElse(0L);
    row.revokedAt = grant.revokedAt().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Stores that a grant was approved or revoked. */
  public void update(TenantId tenant, Grant grant) {
    boolean unused =
        db.call(
            tenant,
            em -> {
              GrantEntity row = em.find(GrantEntity.class, key(tenant, grant.id()));
              if (row != null) {
                what(row, grant);
              }
              return true;
            });
  }

  public Optional<Grant> find(TenantId tenant, String id) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(em.find(GrantEntity.class, key(tenant, id)))
                .map(row -> grant(tenant, row)));
  }

  /** As {@link #find}; nobody else changes it until the transaction ends. */
  public Optional<Grant> lock(TenantId tenant, String id) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(
                    em.find(GrantEntity.class, key(tenant, id), LockModeType.PESSIMISTIC_WRITE))
                .map(row -> grant(tenant, row)));
  }

  /** Newest first, before an id; empty for the first page. */
  public List<Grant> list(TenantId tenant, String before, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT g FROM GrantEntity g WHERE g.tenant = :tenant"
                        + " AND (:before = '' OR g.id < :before) ORDER BY g.id DESC",
                    GrantEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(row -> grant(tenant, row))
                .toList());
  }

  /** All in which the account has a part: as owner, as reader, as who asked or approved. */
  public List<Grant> about(TenantId tenant, AccountId account) {
    return db.call(
        tenant, em -> rows(em, tenant, account).stream().map(row -> grant(tenant, row)).toList());
  }

  private static List<GrantEntity> rows(EntityManager em, TenantId tenant, AccountId account) {
    return em.createQuery(
            "SELECT g FROM GrantEntity g WHERE g.tenant = :tenant AND (g.owner = :account"
                + " OR g.staff = :account OR g.asker = :account OR g.approver = :account)"
                + " ORDER BY g.id",
            GrantEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("account", account.value())
        .getResultList();
  }

  /** Removes the grants for what is the account's, and its id from those for others' music. */
  public void erase(TenantId tenant, AccountId account) {
    String id = account.value();
    boolean unused =
        db.call(
            tenant,
            em -> {
              for (GrantEntity row : rows(em, tenant, account)) {
                if (row.owner.equals(id)) {
                  em.remove(row);
                } else {
                  row.staff = row.staff.equals(id) ? NOBODY : row.staff;
                  row.asker = row.asker.equals(id) ? NOBODY : row.asker;
                  row.approver = row.approver.equals(id) ? NOBODY : row.approver;
                }
              }
              return true;
            });
  }

  /** Removes what was asked for, and was over, before a time. */
  public int purge(TenantId tenant, Instant before) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "DELETE FROM GrantEntity g WHERE g.tenant = :tenant"
                        + " AND g.askedAt < :before AND g.endsAt < :before")
                .setParameter("tenant", tenant.value())
                .setParameter("before", before.toEpochMilli())
                .executeUpdate());
  }

  private Grant grant(TenantId tenant, GrantEntity row) {
    Optional<Grant.Approval> approval =
        row.approvedAt == 0
            ? Optional.empty()
            : Optional.of(
                new Grant.Approval(
                    account(row.approver),
                    Instant.ofEpochMilli(row.approvedAt),
                    Instant.ofEpochMilli(row.endsAt)));
    return new Grant(
        row.id,
        new AccountId(row.owner),
        row.track.isEmpty() ? Optional.empty() : Optional.of(new TrackId(row.track)),
        new AccountId(row.staff),
        account(row.asker),
        row.ticket,
        reason(tenant, row),
        Duration.ofMillis(row.wantedMillis),
        Instant.ofEpochMilli(row.askedAt),
        approval,
        row.revokedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.revokedAt)));
  }

  private String reason(TenantId tenant, GrantEntity row) {
    try {
      return owners.openText(tenant, row.owner, REASON, row.reason);
    } catch (NoOwnerKeyException e) {
      return ""; // the owner is erased, the row goes soon
    }
  }

  private static Optional<AccountId> account(String id) {
    return id.isEmpty() ? Optional.empty() : Optional.of(new AccountId(id));
  }

  private static String text(Optional<AccountId> account) {
    return account.map(AccountId::value).orElse("");
  }

  private static GrantEntity.Key key(TenantId tenant, String id) {
    return new GrantEntity.Key(tenant.value(), id);
  }
}
