package org.example.notes;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** Who stores anything of a person takes part in export and erasure. */
@Component(service = DataHolder.class)
public final class NotesHolder implements DataHolder {
  private static final String NOTE = "note";

  private final NoteStore store;

  @Activate
  public NotesHolder(@Reference NoteStore store) {
    this.store = store;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            NOTE,
            "example",
            "Notes that an artist wrote",
            "To show them to the artist",
            "Until the artist deletes them, or the account"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> notes =
        store.list(tenant, account).stream()
            .map(
                note ->
                    Map.<String, Object>of(
                        "text", note.text(), "writtenAt", note.writtenAt().toString()))
            .toList();
    return Map.of(NOTE, notes);
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    store.deleteAll(tenant, account);
  }
}
