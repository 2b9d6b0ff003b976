package org.tonekeep.passkeys.internal;

import java.net.URL;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.web.api.WebEntry;

/** The section of the account page. */
@Component(service = WebEntry.class)
public final class PasskeysPages implements WebEntry {
  /** Path segments that begin with a letter or digit: no dot files, no way up. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

  @Override
  public String id() {
    return PasskeysFeature.ID;
  }

  @Override
  public String feature() {
    return PasskeysFeature.ID;
  }

  @Override
  public String module() {
    return "passkeys.js";
  }

  @Override
  public Optional<URL> resource(String name) {
    return NAME.matcher(name).matches()
        ? Optional.ofNullable(PasskeysPages.class.getResource("/web/" + name))
        : Optional.empty();
  }
}
