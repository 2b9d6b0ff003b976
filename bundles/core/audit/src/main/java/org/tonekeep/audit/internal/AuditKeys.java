package org.tonekeep.audit.internal;

import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The tenant keys of this bundle. */
@Component(service = KeyDeclaration.class)
public final class AuditKeys implements KeyDeclaration {
  /** How long an entry is kept. */
  static final SettingKey<Duration> KEEP =
      SettingKey.duration(
          "audit.keep",
          "P365D",
          Duration.ofDays(1),
          Duration.ofDays(3660),
          "Entries of the audit log are removed after this time");

  @Activate
  public AuditKeys() {}

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(KEEP);
  }
}
