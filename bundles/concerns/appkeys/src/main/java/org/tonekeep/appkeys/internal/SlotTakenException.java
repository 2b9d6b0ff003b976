package org.tonekeep.appkeys.internal;

/** Another transaction made a key in the same place at the same moment; try again. */
public final class SlotTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SlotTakenException() {
    super("Another key was made at the same moment");
  }
}
