package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.TenantId;

/**
 * What was in force last for each tenant ever seen, on disk: it stays in force when the tenant's
 * file is broken, and tells what a vanished tenant still owes.
 */
final class LastGood {
  private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
  private static final String SUFFIX = ".properties";
  private final Path folder;
  private final SortedMap<TenantId, TenantValues> values = new TreeMap<>();

  LastGood(Path folder) {
    this.folder = folder;
    if (Files.isDirectory(folder)) {
      load();
    }
  }

  SortedMap<TenantId, TenantValues> all() {
    return new TreeMap<>(values);
  }

  /** Stores the values when they are new. */
  void store(TenantId tenant, TenantValues good) {
    if (good.equals(values.put(tenant, good))) {
      return;
    }
    try {
      PropertiesFile.write(folder.resolve(tenant + SUFFIX), good.text());
    } catch (UncheckedIOException e) {
      // In force all the same; it is the next start that would fall back to an older state.
      LOG.error("The last good state of tenant {} cannot be stored", tenant, e);
    }
  }

  private void load() {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(this::load);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.startsWith(".") || !name.endsWith(SUFFIX)) {
      return;
    }
    try {
      TenantId tenant = new TenantId(name.substring(0, name.length() - SUFFIX.length()));
      values.put(tenant, new TenantValues(PropertiesFile.read(file)));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      // One damaged record must not keep all tenants from starting.
      LOG.error("The last good state in {} cannot be read and is left out", file, e);
    }
  }
}
