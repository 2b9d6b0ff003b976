package org.tonekeep.identity.internal;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Note;
import org.tonekeep.identity.internal.jpa.NoteStore;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/**
 * The notes' part in export and erasure: what was written about an account is its owner's to read
 * (promise KAN-64). Who wrote it is not exported; that is about another person.
 */
@Component(service = DataHolder.class)
public final class NoteHolder implements DataHolder {
  private static final String NOTE = "note";

  private final NoteStore store;

  @Activate
  public NoteHolder(@Reference NoteStore store) {
    this.store = store;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            NOTE,
            "identity",
            "What the staff wrote about the account, and when",
            "To remember what was agreed with its owner",
            "Until the staff removes the note or the account is deleted"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(NOTE, store.of(tenant, account).stream().map(NoteHolder::plain).toList());
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    store.removeAll(tenant, account);
  }

  private static Map<String, Object> plain(Note note) {
    return Map.of("id", note.id(), "createdAt", note.createdAt().toString(), "text", note.text());
  }
}
