package org.tonekeep.portrait.internal;

/** Another transaction set the account's first image at the same moment; try again. */
public final class SimultaneousException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SimultaneousException() {
    super("Another image was set at the same moment");
  }
}
