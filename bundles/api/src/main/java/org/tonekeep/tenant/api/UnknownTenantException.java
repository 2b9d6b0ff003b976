package org.tonekeep.tenant.api;

/** There is no such tenant, or it is suspended. The message never repeats what was asked for. */
public final class UnknownTenantException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownTenantException() {
    super("There is no such site here");
  }
}
