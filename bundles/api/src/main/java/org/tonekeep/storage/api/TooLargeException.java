package org.tonekeep.storage.api;

/** More bytes than the tenant takes. */
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long limit;

  public TooLargeException(long limit) {
    super("The file is larger than " + limit + " bytes");
    this.limit = limit;
  }

  public long limit() {
    return limit;
  }
}
