package org.tonekeep.mail.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.mail.internal.MailContent;
import org.tonekeep.mail.internal.MailState;
import org.tonekeep.mail.internal.QueuedMail;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of letters; contents come and go sealed. */
@Component(service = MessageStore.class)
public final class MessageStore {
  /** Longest reason. */
  public static final int MOST_REASON = 200;

  private static final String WAITING = MailState.WAITING.word();

  private final Database db;

  @Activate
  public MessageStore(@Reference(target = "(unit=mail)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, QueuedMail mail) {
    Object unused =
        db.call(
            tenant,
            em -> {
              em.persist(entity(tenant, mail));
              return mail.id();
            });
  }

  public Optional<QueuedMail> find(TenantId tenant, String id) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(em.find(MessageEntity.class, key(tenant, id)))
                .map(MessageStore::row));
  }

  /** Newest first. */
  public List<QueuedMail> newest(TenantId tenant, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT m FROM MessageEntity m WHERE m.tenant = :tenant ORDER BY m.id DESC",
                    MessageEntity.class)
                .setParameter("tenant", tenant.value())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(MessageStore::row)
                .toList());
  }

  public List<QueuedMail> ofOwner(TenantId tenant, AccountId owner) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT m FROM MessageEntity m WHERE m.tenant = :tenant AND m.owner = :owner"
                        + " ORDER BY m.id",
                    MessageEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner.value())
                .getResultList()
                .stream()
                .map(MessageStore::row)
                .toList());
  }

  public void removeOfOwner(TenantId tenant, AccountId owner) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM MessageEntity m WHERE m.tenant = :tenant AND m.owner = :owner")
                    .setParameter("tenant", tenant.value())
                    .setParameter("owner", owner.value())
                    .executeUpdate());
  }

  /** Notes why a letter waits, if it does. */
  public void explain(TenantId tenant, String id, String reason) {
    Object unused =
        db.call(
            tenant,
            em -> {
              MessageEntity entity = waiting(em, tenant, id);
              if (entity != null && !entity.reason.equals(reason)) {
                entity.reason = reason;
              }
              return reason;
            });
  }

  /** Notes a try that did not succeed; false when the letter does not wait any more. */
  public boolean later(TenantId tenant, String id, int tries, Instant next, String reason) {
    return db.call(
        tenant,
        em -> {
          MessageEntity entity = waiting(em, tenant, id);
          if (entity == null) {
            return false;
          }
          entity.tries = tries;
          entity.nextAt = next;
          entity.reason = reason;
          return true;
        });
  }

  /** Ends a letter and forgets its content and owner; false when it does not wait any more. */
  public boolean end(TenantId tenant, String id, MailState state, String reason, Instant at) {
    return db.call(
        tenant,
        em -> {
          MessageEntity entity = waiting(em, tenant, id);
          if (entity == null) {
            return false;
          }
          end(entity, state, reason, at);
          return true;
        });
  }

  /**
   * Ends, as failed, letters that were written earlier and still wait.
   *
   * @return how many
   */
  public int expire(TenantId tenant, Instant writtenBefore, String reason, Instant at) {
    return db.call(
        tenant,
        em -> {
          List<MessageEntity> late =
              em.createQuery(
                      "SELECT m FROM MessageEntity m WHERE m.tenant = :tenant"
                          + " AND m.state = :state AND m.createdAt < :before",
                      MessageEntity.class)
                  .setParameter("tenant", tenant.value())
                  .setParameter("state", WAITING)
                  .setParameter("before", writtenBefore)
                  .setMaxResults(1_000)
                  .getResultList();
          late.forEach(entity -> end(entity, MailState.FAILED, reason, at));
          return late.size();
        });
  }

  /**
   * Removes letters that ended earlier.
   *
   * @return how many, at most {@code limit}
   */
  public int purge(TenantId tenant, Instant endedBefore, int limit) {
    return db.call(
        tenant,
        em -> {
          List<String> old =
              em.createQuery(
                      "SELECT m.id FROM MessageEntity m"
                          + " WHERE m.tenant = :tenant AND m.endedAt <= :before",
                      String.class)
                  .setParameter("tenant", tenant.value())
                  .setParameter("before", endedBefore)
                  .setMaxResults(limit)
                  .getResultList();
          return old.isEmpty()
              ? 0
              : em.createQuery(
                      "DELETE FROM MessageEntity m WHERE m.tenant = :tenant AND m.id IN :ids")
                  .setParameter("tenant", tenant.value())
                  .setParameter("ids", old)
                  .executeUpdate();
        });
  }

  private static @Nullable MessageEntity waiting(EntityManager em, TenantId tenant, String id) {
    MessageEntity entity =
        em.find(MessageEntity.class, key(tenant, id), LockModeType.PESSIMISTIC_WRITE);
    return entity != null && entity.state.equals(WAITING) ? entity : null;
  }

  private static void end(MessageEntity entity, MailState state, String reason, Instant at) {
    entity.state = state.word();
    entity.reason = reason;
    entity.endedAt = at;
    entity.owner = null;
    entity.recipient = null;
    entity.subject = null;
    entity.text = null;
    entity.html = null;
  }

  private static MessageEntity.Key key(TenantId tenant, String id) {
    return new MessageEntity.Key(tenant.value(), id);
  }

  private static MessageEntity entity(TenantId tenant, QueuedMail mail) {
    MessageEntity entity = new MessageEntity();
    entity.tenant = tenant.value();
    entity.id = mail.id();
    entity.template = mail.template();
    entity.lang = mail.lang();
    entity.host = mail.host();
    entity.owner = mail.owner().map(AccountId::value).orElse(null);
    entity.state = mail.state().word();
    entity.tries = mail.tries();
    entity.reason = mail.reason();
    entity.createdAt = mail.createdAt();
    entity.nextAt = mail.nextAt();
    MailContent content = mail.content();
    if (content != null) {
      entity.recipient = content.recipient();
      entity.subject = content.subject();
      entity.text = content.text();
      entity.html = content.html();
    }
    return entity;
  }

  private static QueuedMail row(MessageEntity entity) {
    return new QueuedMail(
        entity.id,
        entity.template,
        entity.lang,
        entity.host,
        Optional.ofNullable(entity.owner).map(AccountId::new),
        MailState.of(entity.state),
        entity.tries,
        entity.reason,
        entity.createdAt,
        entity.nextAt,
        content(entity));
  }

  private static @Nullable MailContent content(MessageEntity entity) {
    if (entity.recipient == null
        || entity.subject == null
        || entity.text == null
        || entity.html == null) {
      return null;
    }
    return new MailContent(entity.recipient, entity.subject, entity.text, entity.html);
  }
}
