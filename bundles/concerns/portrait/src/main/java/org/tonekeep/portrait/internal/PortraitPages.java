package org.tonekeep.portrait.internal;

import java.net.URL;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.web.api.WebEntry;

/** The section of the account page. */
@Component(service = WebEntry.class)
public final class PortraitPages implements WebEntry {
  /** Path segments that begin with a letter or digit: no dot files, no way up. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

  @Override
  public String id() {
    return PortraitFeature.ID;
  }

  @Override
  public String feature() {
    return PortraitFeature.ID;
  }

  @Override
  public String module() {
    return "portrait.js";
  }

  @Override
  public Optional<URL> resource(String name) {
    return NAME.matcher(name).matches()
        ? Optional.ofNullable(PortraitPages.class.getResource("/web/" + name))
        : Optional.empty();
  }
}
