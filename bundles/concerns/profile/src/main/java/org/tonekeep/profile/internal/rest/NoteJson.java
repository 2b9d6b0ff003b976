package org.tonekeep.profile.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * A note to be written.
 *
 * @param account whom it is about
 * @param text 1 to 2000 characters, line ends allowed
 */
public record NoteJson(@Nullable String account, @Nullable String text) {
  /** Without the text. */
  @Override
  public String toString() {
    return "NoteJson";
  }
}
