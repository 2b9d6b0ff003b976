package org.tonekeep.portrait.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class PortraitFeature implements FeatureDeclaration {
  /** The feature's id. */
  public static final String ID = "portrait";

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "Profile images",
        Set.of("auth"),
        List.of("/api/account/image"),
        List.of(
            "keeps the profile image that a person uploads, without what a camera wrote into it"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of();
  }
}
