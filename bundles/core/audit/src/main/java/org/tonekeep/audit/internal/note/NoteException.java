package org.tonekeep.audit.internal.note;

/** A note, a checkpoint or a key is not well-formed, or not signed as it must be. */
public final class NoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoteException(String message) {
    super(message);
  }

  public NoteException(String message, Throwable cause) {
    super(message, cause);
  }
}
