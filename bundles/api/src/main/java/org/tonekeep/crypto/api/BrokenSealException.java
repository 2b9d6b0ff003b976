package org.tonekeep.crypto.api;

/** Sealed bytes were altered, or were sealed for another tenant, owner or use. */
public final class BrokenSealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenSealException() {
    super("Sealed data is damaged or belongs elsewhere");
  }
}
