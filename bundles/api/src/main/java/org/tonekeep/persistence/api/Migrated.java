package org.tonekeep.persistence.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Registered once the migrations of a bundle have run, with the service property {@link #UNIT};
 * gone when the bundle stops. For bundles that use plain JDBC; the others wait for their {@link
 * Database}.
 */
@ProviderType
public interface Migrated {
  /** Service property: the unit's name. */
  String UNIT = "unit";
}
