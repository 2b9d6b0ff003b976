package org.tonekeep.identity.api;

import java.time.Instant;

/**
 * What the staff wrote about an account.
 *
 * @param subject whom it is about; may read it
 * @param author the staff's account that wrote it
 */
public record Note(String id, AccountId subject, AccountId author, Instant createdAt, String text) {
  /** Without the text. */
  @Override
  public String toString() {
    return "Note[" + id + "]";
  }
}
