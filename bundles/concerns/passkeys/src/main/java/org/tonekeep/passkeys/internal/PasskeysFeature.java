package org.tonekeep.passkeys.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class PasskeysFeature implements FeatureDeclaration {
  /** The feature's id. */
  public static final String ID = "passkeys";

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "Passkeys in place of the password",
        Set.of("auth"),
        List.of("/api/auth/passkeys"),
        List.of(
            "keeps the public key of each passkey, encrypted under its owner's key, and when it was"
                + " last used; never a fingerprint or face: these stay in the device"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of();
  }
}
