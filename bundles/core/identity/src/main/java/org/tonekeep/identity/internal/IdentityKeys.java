package org.tonekeep.identity.internal;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the tenant keys of accounts. */
@Component(service = KeyDeclaration.class)
public final class IdentityKeys implements KeyDeclaration {
  @Override
  public List<SettingKey<?>> keys() {
    return List.of(
        AccountSettings.USERNAMES,
        AccountSettings.RESERVED,
        AccountSettings.RENAME_PAUSE,
        AccountSettings.FIELDS);
  }
}
