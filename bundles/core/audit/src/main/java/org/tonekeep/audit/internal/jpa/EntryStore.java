package org.tonekeep.audit.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.persistence.TypedQuery;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.AuditRow;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of the audit log. */
@Component(service = EntryStore.class)
public final class EntryStore {
  private static final String OF_ACCOUNT =
      " e.tenant = :tenant AND (e.owner = :account OR e.actor = :account)";

  private final Database db;

  @Activate
  public EntryStore(@Reference(target = "(unit=audit)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, AuditRow row) {
    Object unused =
        db.call(
            tenant,
            em -> {
              AuditEntry entry = row.entry();
              EntryEntity entity = new EntryEntity();
              entity.tenant = tenant.value();
              entity.id = row.id();
              entity.at = row.at();
              entity.actorKind = entry.actor().kind().name();
              entity.actor = entry.actor().id();
              entity.action = entry.action();
              entity.subject = entry.subject();
              entity.owner = entry.owner().map(AccountId::value).orElse(null);
              entity.peer = entry.peer();
              entity.success = (short) (entry.success() ? 1 : 0);
              entity.facts = text(entry.facts());
              em.persist(entity);
              return entity.id;
            });
  }

  /** What the account did and what was done to what is its own, oldest first. */
  public List<AuditRow> ofAccount(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            rows(
                em.createQuery(
                        "SELECT e FROM EntryEntity e WHERE" + OF_ACCOUNT + " ORDER BY e.id",
                        EntryEntity.class)
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())));
  }

  /**
   * The newest entries, newest first.
   *
   * @param action beginning of the actions that are wanted; empty for all
   */
  public List<AuditRow> newest(TenantId tenant, String action, int limit) {
    return db.call(
        tenant,
        em ->
            rows(
                em.createQuery(
                        "SELECT e FROM EntryEntity e WHERE e.tenant = :tenant"
                            + " AND SUBSTRING(e.action, 1, :length) = :action ORDER BY e.id DESC",
                        EntryEntity.class)
                    .setParameter("tenant", tenant.value())
                    .setParameter("length", action.length())
                    .setParameter("action", action)
                    .setMaxResults(limit)));
  }

  /** Forgets from where the account acted, or others on what is its own. */
  public void forgetPeers(TenantId tenant, AccountId account) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery("UPDATE EntryEntity e SET e.peer = '' WHERE" + OF_ACCOUNT)
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .executeUpdate());
  }

  /**
   * Removes entries that are older.
   *
   * @return how many, at most {@code limit}
   */
  public int purge(TenantId tenant, Instant until, int limit) {
    return db.call(
        tenant,
        em -> {
          List<String> old =
              em.createQuery(
                      "SELECT e.id FROM EntryEntity e WHERE e.tenant = :tenant AND e.at <= :until",
                      String.class)
                  .setParameter("tenant", tenant.value())
                  .setParameter("until", until)
                  .setMaxResults(limit)
                  .getResultList();
          return old.isEmpty()
              ? 0
              : em.createQuery(
                      "DELETE FROM EntryEntity e WHERE e.tenant = :tenant AND e.id IN :ids")
                  .setParameter("tenant", tenant.value())
                  .setParameter("ids", old)
                  .executeUpdate();
        });
  }

  private static List<AuditRow> rows(TypedQuery<EntryEntity> query) {
    return query.getResultList().stream().map(EntryStore::row).toList();
  }

  private static AuditRow row(EntryEntity entity) {
    return new AuditRow(
        entity.id,
        entity.at,
        new AuditEntry(
            new Actor(Actor.Kind.valueOf(entity.actorKind), entity.actor),
            entity.action,
            entity.subject,
            Optional.ofNullable(entity.owner).map(AccountId::new),
            entity.peer,
            entity.success == 1,
            facts(entity.facts)));
  }

  private static String text(Map<String, String> facts) {
    return new TreeMap<>(facts)
        .entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue())
            .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> facts(String text) {
    return text.lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
  }
}
