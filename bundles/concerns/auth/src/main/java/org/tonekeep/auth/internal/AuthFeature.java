package org.tonekeep.auth.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class AuthFeature implements FeatureDeclaration {
  /** The feature's id. */
  public static final String ID = "auth";

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "Accounts and signing in",
        Set.of(),
        List.of("/api/auth"),
        List.of(
            "keeps a one-way hash of each password, never the password",
            "keeps one row per session with its times and what net.ua allows of the device, sealed",
            "sets one strictly necessary cookie when somebody signs in"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return AuthKeys.ALL;
  }
}
