package org.tonekeep.catalog.internal;

import java.net.URL;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.web.api.WebEntry;

/** The pages of the catalogue: upload, list, trash. */
@Component(service = WebEntry.class)
public final class TracksPages implements WebEntry {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._/-]*");

  private final Bundle bundle;

  @Activate
  public TracksPages(BundleContext context) {
    this.bundle = context.getBundle();
  }

  @Override
  public String id() {
    return "tracks";
  }

  @Override
  public String feature() {
    return "";
  }

  @Override
  public String module() {
    return "tracks.js";
  }

  @Override
  public Optional<URL> resource(String name) {
    if (!NAME.matcher(name).matches() || name.contains("..") || name.endsWith("/")) {
      return Optional.empty();
    }
    return Optional.ofNullable(bundle.getEntry("web/" + name));
  }
}
