package org.tonekeep.tenant.internal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * Where things lie on disk.
 *
 * @param root the installation's data folder, property {@code tonekeep.data}
 * @param profiles the folder of tenant profiles, {@code ${karaf.etc}/tenants}
 */
record DataFolder(Path root, Path profiles) {
  /**
   * @throws IllegalStateException when a property is missing: without a data folder there is
   *     nothing to run on, and a guessed one would hide an operator's data from them
   */
  static DataFolder of(BundleContext context) {
    return new DataFolder(
        Path.of(required("tonekeep.data", context.getProperty("tonekeep.data"))),
        Path.of(required("karaf.etc", context.getProperty("karaf.etc"))).resolve("tenants"));
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("The property " + name + " is not set");
    }
    return value;
  }

  /** The folder of the tenants' files. */
  Path tenants() {
    return root.resolve("tenants");
  }

  /** The folder of the last good state of each tenant. */
  Path lastGood() {
    return root.resolve("state").resolve("tenants");
  }

  /** The folder of the remembered declarations. */
  Path declarations() {
    return root.resolve("state").resolve("features");
  }
}
