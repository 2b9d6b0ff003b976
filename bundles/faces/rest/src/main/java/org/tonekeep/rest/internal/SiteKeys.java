package org.tonekeep.rest.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The keys of a tenant's file that this face reads. */
@Component(service = KeyDeclaration.class)
public final class SiteKeys implements KeyDeclaration {
  static final SettingKey<String> AI_USE =
      SettingKey.choice(
          "site.aiUse",
          "forbidden",
          "Whether machines may learn from what is here; forbidden is said in every response.",
          "forbidden",
          "allowed");

  @Activate
  public SiteKeys() {}

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(AI_USE);
  }
}
