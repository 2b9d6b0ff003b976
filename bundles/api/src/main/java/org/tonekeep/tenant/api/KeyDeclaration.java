package org.tonekeep.tenant.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service by which a core bundle, an adapter or (as {@link FeatureDeclaration}) a concern
 * declares the keys that it reads from a tenant's file.
 */
@ConsumerType
public interface KeyDeclaration {
  /** The declared keys; each name is declared by one bundle only. */
  List<SettingKey<?>> keys();
}
