package org.tonekeep.crypto.api;

/** The owner has no key: it was never made, or it was destroyed and with it all that it sealed. */
public final class NoOwnerKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoOwnerKeyException() {
    super("The owner of sealed data has no key");
  }
}
