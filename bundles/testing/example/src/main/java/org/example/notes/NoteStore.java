package org.example.notes;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/**
 * The notes of each account. Every query names the tenant, and each call joins the transaction that
 * is running. The {@link Database} appears once the migrations of this bundle have run.
 */
@Component(service = NoteStore.class)
public final class NoteStore {
  private final Database db;

  @Activate
  public NoteStore(@Reference(target = "(unit=example)") Database db) {
    this.db = db;
  }

  /** The account's notes, oldest first. */
  public List<Note> list(TenantId tenant, AccountId owner) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT n FROM NoteEntity n"
                        + " WHERE n.tenant = :tenant AND n.owner = :owner ORDER BY n.id",
                    NoteEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner.value())
                .getResultList()
                .stream()
                .map(row -> new Note(row.id, row.text, row.writtenAt))
                .toList());
  }

  public void insert(TenantId tenant, AccountId owner, Note note) {
    db.call(
        tenant,
        em -> {
          NoteEntity row = new NoteEntity();
          row.tenant = tenant.value();
          row.id = note.id();
          row.owner = owner.value();
          row.text = note.text();
          row.writtenAt = note.writtenAt();
          em.persist(row);
          return row;
        });
  }

  /** Removes a note; false when the account has none of that id. */
  public boolean delete(TenantId tenant, AccountId owner, String id) {
    return db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM NoteEntity n"
                            + " WHERE n.tenant = :tenant AND n.owner = :owner AND n.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("owner", owner.value())
                    .setParameter("id", id)
                    .executeUpdate())
        == 1;
  }

  /** Removes all notes of the account. */
  public void deleteAll(TenantId tenant, AccountId owner) {
    db.call(
        tenant,
        em ->
            em.createQuery("DELETE FROM NoteEntity n WHERE n.tenant = :tenant AND n.owner = :owner")
                .setParameter("tenant", tenant.value())
                .setParameter("owner", owner.value())
                .executeUpdate());
  }
}
