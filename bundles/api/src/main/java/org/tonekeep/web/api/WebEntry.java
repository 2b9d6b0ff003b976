package org.tonekeep.web.api;

import java.net.URL;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A bundle's pages: its own ES module, served at {@code /web/<id>/<file>} and loaded by the shell
 * when its feature is on. The module's default export registers routes and navigation with the
 * shell; see faces/web/README.md.
 */
@ConsumerType
public interface WebEntry {
  /** Short name, {@code [a-z][a-z0-9-]*}. */
  String id();

  /** The feature that must be on; empty for core pages. */
  String feature();

  /** File name of the ES module, such as {@code tracks.js}. */
  String module();

  /**
   * A file of the entry.
   *
   * @param name letters, digits, {@code . _ - /}; never {@code ..}
   */
  Optional<URL> resource(String name);
}
