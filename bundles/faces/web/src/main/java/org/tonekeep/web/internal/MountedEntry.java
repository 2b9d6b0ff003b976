package org.tonekeep.web.internal;

import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.tonekeep.web.api.WebEntry;

/**
 * An entry while its bundle is there: its files are read once, and its version names all of them,
 * so that addresses below {@code /web/<id>/v-<version>/} never change their content.
 */
final class MountedEntry {
  /** Segments begin with a letter, digit, hyphen or underscore: never {@code ..}, never hidden. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private final WebEntry entry;
  private final Map<String, Asset> files = new ConcurrentHashMap<>();
  private final String version;

  MountedEntry(WebEntry entry) {
    this.entry = entry;
    this.version = version(entry);
  }

  WebEntry entry() {
    return entry;
  }

  String version() {
    return version;
  }

  /** The address that may be cached for ever. */
  String address(String file) {
    return "/web/" + entry.id() + "/v-" + version + "/" + file;
  }

  /** A file of the entry; empty when there is none or when it is not for browsers. */
  Optional<Asset> file(String name) {
    Asset known = files.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (!NAME.matcher(name).matches() || !Asset.servable(name)) {
      return Optional.empty();
    }
    Optional<Asset> read = entry.resource(name).map(url -> Asset.read(name, url));
    read.ifPresent(asset -> files.put(name, asset));
    return read;
  }

  private static String version(WebEntry entry) {
    Bundle bundle = FrameworkUtil.getBundle(entry.getClass());
    List<URL> all =
        bundle == null
            ? List.of()
            : Optional.ofNullable(bundle.findEntries("/web", "*.*", true))
                .map(Collections::list)
                .map(List::copyOf)
                .orElse(List.of());
    if (!all.isEmpty()) {
      return ContentHash.of(all);
    }
    return entry
        .resource(entry.module())
        .map(url -> Asset.read(entry.module(), url).hash())
        .orElseThrow(
            () -> new IllegalArgumentException("The web entry has no module: " + entry.id()));
  }
}
