package org.tonekeep.profile.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.profile.internal.EmailLink;
import org.tonekeep.tenant.api.TenantId;

/** The rows of links. It does not judge whether one is still good. */
@Component(service = EmailLinkStore.class)
public final class EmailLinkStore {
  private final Database db;

  @Activate
  public EmailLinkStore(@Reference(target = "(unit=profile)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, String tokenHash, EmailLink link) {
    Object unused =
        db.call(
            tenant,
            em -> {
              EmailLinkEntity entity = new EmailLinkEntity();
              entity.tenant = tenant.value();
              entity.id = link.id();
              entity.tokenHash = tokenHash;
              entity.account = link.account().value();
              entity.kind = link.kind().name();
              entity.address = link.address();
              entity.epoch = link.epoch();
              entity.expiresAt = link.expiresAt();
              em.persist(entity);
              return entity.id;
            });
  }

  public Optional<EmailLink> find(TenantId tenant, String tokenHash) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT l FROM EmailLinkEntity l WHERE l.tenant = :tenant"
                        + " AND l.tokenHash = :hash",
                    EmailLinkEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("hash", tokenHash)
                .getResultList()
                .stream()
                .findFirst()
                .map(EmailLinkStore::link));
  }

  public Optional<EmailLink> byId(TenantId tenant, String id) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(
                    em.find(EmailLinkEntity.class, new EmailLinkEntity.Key(tenant.value(), id)))
                .map(EmailLinkStore::link));
  }

  public List<EmailLink> list(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT l FROM EmailLinkEntity l WHERE l.tenant = :tenant"
                        + " AND l.account = :account ORDER BY l.id",
                    EmailLinkEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .map(EmailLinkStore::link)
                .toList());
  }

  /** Removes a row. Of two at the same time only one gets true. */
  public boolean remove(TenantId tenant, String id) {
    return db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM EmailLinkEntity l WHERE l.tenant = :tenant AND l.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", id)
                    .executeUpdate())
        > 0;
  }

  /** Removes the account's rows of the kind. */
  public void removeAll(TenantId tenant, AccountId account, EmailLink.Kind kind) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM EmailLinkEntity l WHERE l.tenant = :tenant"
                            + " AND l.account = :account AND l.kind = :kind")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("kind", kind.name())
                    .executeUpdate());
  }

  /** Removes rows that are over. */
  public void purge(TenantId tenant, Instant now) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM EmailLinkEntity l WHERE l.tenant = :tenant"
                            + " AND l.expiresAt <= :now")
                    .setParameter("tenant", tenant.value())
                    .setParameter("now", now)
                    .executeUpdate());
  }

  private static EmailLink link(EmailLinkEntity entity) {
    return new EmailLink(
        entity.id,
        new AccountId(entity.account),
        EmailLink.Kind.valueOf(entity.kind),
        entity.address,
        entity.epoch,
        entity.expiresAt);
  }
}
