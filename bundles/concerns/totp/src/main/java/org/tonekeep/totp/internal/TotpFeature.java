package org.tonekeep.totp.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class TotpFeature implements FeatureDeclaration {
  /** The feature's id, and the factor's kind. */
  public static final String ID = "totp";

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "Authenticator apps as a second factor",
        Set.of("auth"),
        List.of("/api/auth/totp"),
        List.of(
            "keeps the seed of each authenticator app, encrypted under its owner's key",
            "keeps one-way hashes of unused recovery codes"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of();
  }
}
