package org.tonekeep.identity.internal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.identity.api.Note;
import org.tonekeep.identity.api.Notes;
import org.tonekeep.identity.internal.jpa.NoteStore;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/** Checks notes and tells the audit log of them, without their text. */
@Component(service = Notes.class)
public final class NoteService implements Notes {
  private final NoteStore store;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public NoteService(
      @Reference NoteStore store,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  @Override
  public Optional<Note> add(TenantId tenant, AccountId subject, AccountId author, String text) {
    Note note = new Note(Ids.next(clock), subject, author, clock.instant(), checked(text));
    return tx.call(
        tenant,
        () -> {
          if (!store.insert(tenant, note, MOST)) {
            return Optional.<Note>empty();
          }
          audit.append(tenant, entry(author, "note.add", note.id(), subject));
          return Optional.of(note);
        });
  }

  @Override
  public List<Note> of(TenantId tenant, AccountId subject) {
    return store.of(tenant, subject);
  }

  @Override
  public List<Note> read(TenantId tenant, AccountId by, AccountId subject) {
    return tx.call(
        tenant,
        () -> {
          audit.append(tenant, entry(by, "note.read", subject.value(), subject));
          return store.of(tenant, subject);
        });
  }

  @Override
  public boolean remove(TenantId tenant, AccountId by, String id) {
    return tx.call(
        tenant,
        () -> {
          Optional<AccountId> subject = store.remove(tenant, id);
          subject.ifPresent(s -> audit.append(tenant, entry(by, "note.remove", id, s)));
          return subject.isPresent();
        });
  }

  private static AuditEntry entry(AccountId by, String action, String id, AccountId subject) {
    return AuditEntry.of(Actor.account(by), action).on(id).ownedBy(subject);
  }

  private static String checked(String given) {
    String text = given.replace("\r\n", "\n").replace('\r', '\n').strip();
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException("A note has 1 to " + LONGEST + " characters");
    }
    if (!text.codePoints().allMatch(c -> c == '\n' || DisplayName.printable(c))) {
      throw new IllegalArgumentException(
          "A note has no control characters but line ends, and none that turn the text's direction");
    }
    return text;
  }
}
