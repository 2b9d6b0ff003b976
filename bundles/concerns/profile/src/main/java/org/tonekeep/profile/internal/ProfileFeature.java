package org.tonekeep.profile.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class ProfileFeature implements FeatureDeclaration {
  /** The feature's id. */
  public static final String ID = "profile";

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "The own account",
        Set.of("auth"),
        List.of("/api/account", "/api/notes"),
        List.of(
            "keeps how a person wants to be shown", "keeps what the staff noted about an account"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of();
  }
}
