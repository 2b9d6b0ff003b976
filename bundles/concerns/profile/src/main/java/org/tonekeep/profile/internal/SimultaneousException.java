package org.tonekeep.profile.internal;

/** Another transaction wrote the account's first preferences at the same moment; try again. */
public final class SimultaneousException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SimultaneousException() {
    super("Preferences were written at the same moment");
  }
}
