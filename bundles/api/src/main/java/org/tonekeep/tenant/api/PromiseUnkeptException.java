package org.tonekeep.tenant.api;

/** The bundle that keeps a promise is not active, so nothing may come in (or go out) under it. */
public final class PromiseUnkeptException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String promise;
  private final String feature;

  public PromiseUnkeptException(String promise, String feature) {
    super("The promise '" + promise + "' cannot be kept now: '" + feature + "' is not running");
    this.promise = promise;
    this.feature = feature;
  }

  public String promise() {
    return promise;
  }

  public String feature() {
    return feature;
  }
}
