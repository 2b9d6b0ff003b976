package org.tonekeep.profile.internal.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.identity.api.Note;

/** The notes about an account, newest first, all on one page. */
public record NotesJson(List<Item> items, @Nullable String next) {
  /**
   * A note.
   *
   * @param author the staff's account that wrote it; null for its subject
   */
  public record Item(
      String id, String account, @Nullable String author, Instant created, String text) {
    /** Without the text. */
    @Override
    public String toString() {
      return "Item[" + id + "]";
    }
  }

  /** As the staff sees it. */
  static Item forStaff(Note note) {
    return new Item(
        note.id(), note.subject().value(), note.author().value(), note.createdAt(), note.text());
  }

  /** As its subject sees it: what was written, not which person wrote it. */
  static Item forSubject(Note note) {
    return new Item(note.id(), note.subject().value(), null, note.createdAt(), note.text());
  }
}
