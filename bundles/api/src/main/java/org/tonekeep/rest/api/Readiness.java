package org.tonekeep.rest.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A line of {@code /readyz}: a bundle says whether it can do its work. Called often; must be quick.
 */
@ConsumerType
public interface Readiness {
  Health check();

  /**
   * How a part stands.
   *
   * @param part short name, such as {@code decoder}
   * @param ready false makes {@code /readyz} answer 503
   * @param detail for the operator; no personal data
   */
  record Health(String part, boolean ready, String detail) {}
}
