package org.tonekeep.mail.internal;

import java.util.Locale;

/** States of a letter. */
public enum MailState {
  /** Waits for its commit, its time, or its adapter. */
  WAITING,
  SENT,
  FAILED;

  /** The state of that word. */
  public static MailState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
