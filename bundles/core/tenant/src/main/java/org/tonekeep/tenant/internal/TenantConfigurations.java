package org.tonekeep.tenant.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.Dictionary;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from ConfigurationAdmin that a tenant's configuration came, changed or went, and has the
 * file read. The file is the truth, not the dictionary: fileinstall substitutes variables, reads
 * another encoding and forgets the order and the place of keys.
 */
@Component(service = ManagedServiceFactory.class, property = "service.pid=" + TenantFolder.FACTORY)
public final class TenantConfigurations implements ManagedServiceFactory {
  private static final Logger LOG = LoggerFactory.getLogger(TenantConfigurations.class);
  private final TenantRegistry registry;

  @Activate
  public TenantConfigurations(@Reference TenantRegistry registry) {
    this.registry = registry;
  }

  @Override
  public String getName() {
    return "Tonekeep tenants";
  }

  @Override
  public void updated(String pid, Dictionary<String, ?> properties) {
    Object file = properties.get("felix.fileinstall.filename");
    if (file == null) {
      LOG.warn("The configuration {} is ignored: a tenant is a file", pid);
      return;
    }
    LOG.debug("{} was delivered", nameOf(String.valueOf(file)));
    registry.look();
  }

  @Override
  public void deleted(String pid) {
    registry.look();
  }

  /** Fileinstall names a file by its URI or, in older configurations, by its path. */
  private static String nameOf(String file) {
    Path path = file.startsWith("file:") ? Path.of(URI.create(file)) : Path.of(file);
    return String.valueOf(path.getFileName());
  }
}
