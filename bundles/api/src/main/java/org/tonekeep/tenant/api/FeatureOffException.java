package org.tonekeep.tenant.api;

/**
 * The feature is not on for the tenant: its bundle is absent or the tenant's file does not list it.
 */
public final class FeatureOffException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String feature;

  public FeatureOffException(String feature) {
    super("The feature '" + feature + "' is off here");
    this.feature = feature;
  }

  public String feature() {
    return feature;
  }
}
