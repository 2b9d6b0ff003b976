package org.tonekeep.tenant.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that a concern registers to exist. While it is registered the concern is active;
 * core/tenant calls it once, when it appears.
 */
@ConsumerType
public interface FeatureDeclaration extends KeyDeclaration {
  Feature feature();
}
