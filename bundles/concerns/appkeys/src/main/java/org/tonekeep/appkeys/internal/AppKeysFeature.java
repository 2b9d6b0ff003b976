package org.tonekeep.appkeys.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class AppKeysFeature implements FeatureDeclaration {
  /** The feature's id. */
  public static final String ID = "appkeys";

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "App keys for players and scripts",
        Set.of("auth"),
        List.of("/api/auth/keys"),
        List.of(
            "keeps a one-way hash of each app key; of a player's key the key itself, encrypted",
            "keeps when a key was last used, true to about an hour, without address or device"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of();
  }
}
