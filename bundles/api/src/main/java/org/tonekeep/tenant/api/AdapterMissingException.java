package org.tonekeep.tenant.api;

/** The adapter that the tenant's file names is not running; no other one takes its place. */
public final class AdapterMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String adapter;

  /**
   * @param adapter the setting and its value, such as {@code storage.adapter=s3}
   */
  public AdapterMissingException(String adapter) {
    super("The adapter " + adapter + " is not running");
    this.adapter = adapter;
  }

  public String adapter() {
    return adapter;
  }
}
