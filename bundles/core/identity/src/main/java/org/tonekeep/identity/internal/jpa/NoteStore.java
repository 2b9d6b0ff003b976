package org.tonekeep.identity.internal.jpa;

import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Note;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of notes. */
@Component(service = NoteStore.class)
public final class NoteStore {
  private static final String USE = "identity_note.note_text";

  private final Database db;
  private final OwnerKeys keys;

  @Activate
  public NoteStore(@Reference(target = "(unit=identity)") Database db, @Reference OwnerKeys keys) {
    this.db = db;
    this.keys = keys;
  }

  /**
   * Stores a note, unless there is no account of its subject.
   *
   * @param most how many notes the account may have then
   * @throws IllegalArgumentException when it has as many already
   */
  public boolean insert(TenantId tenant, Note note, int most) {
    return db.call(
        tenant,
        em -> {
          // Locked: an account that is being erased gets no note that would stay behind.
          AccountEntity subject =
              em.find(
                  AccountEntity.class,
                  new AccountEntity.Key(tenant.value(), note.subject().value()),
                  LockModeType.PESSIMISTIC_WRITE);
          if (subject == null || !keys.exists(tenant, subject.id)) {
            return false;
          }
          if (count(em, tenant, note.subject()) >= most) {
            throw new IllegalArgumentException(
                "An account has at most " + most + " notes; remove one first");
          }
          NoteEntity row = new NoteEntity();
          row.tenant = tenant.value();
          row.id = note.id();
          row.account = note.subject().value();
          row.author = note.author().value();
          row.createdAt = note.createdAt();
          row.text = keys.sealText(tenant, row.account, USE, note.text());
          em.persist(row);
          return true;
        });
  }

  /** Newest first; none once the subject's key is gone. */
  public List<Note> of(TenantId tenant, AccountId subject) {
    return db.call(
        tenant,
        em ->
            rows(em, tenant, subject).stream().flatMap(row -> open(tenant, row).stream()).toList());
  }

  /** Removes a note and answers whom it was about. */
  public Optional<AccountId> remove(TenantId tenant, String id) {
    return db.call(
        tenant,
        em -> {
          NoteEntity row =
              em.find(
                  NoteEntity.class,
                  new NoteEntity.Key(tenant.value(), id),
                  LockModeType.PESSIMISTIC_WRITE);
          if (row == null) {
            return Optional.<AccountId>empty();
          }
          em.remove(row);
          return Optional.of(new AccountId(row.account));
        });
  }

  /** Removes all notes about an account. */
  public void removeAll(TenantId tenant, AccountId subject) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM NoteEntity n WHERE n.tenant = :tenant AND n.account = :account")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", subject.value())
                    .executeUpdate());
  }

  private static long count(EntityManager em, TenantId tenant, AccountId subject) {
    return em.createQuery(
            "SELECT COUNT(n) FROM NoteEntity n WHERE n.tenant = :tenant AND n.account = :account",
            Long.class)
        .setParameter("tenant", tenant.value())
        .setParameter("account", subject.value())
        .getSingleResult();
  }

  private static List<NoteEntity> rows(EntityManager em, TenantId tenant, AccountId subject) {
    return em.createQuery(
            "SELECT n FROM NoteEntity n WHERE n.tenant = :tenant AND n.account = :account"
                + " ORDER BY n.id DESC",
            NoteEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("account", subject.value())
        .getResultList();
  }

  private Optional<Note> open(TenantId tenant, NoteEntity row) {
    try {
      return Optional.of(
          new Note(
              row.id,
              new AccountId(row.account),
              new AccountId(row.author),
              row.createdAt,
              keys.openText(tenant, row.account, USE, row.text)));
    } catch (NoOwnerKeyException e) {
      return Optional.empty();
    }
  }
}
