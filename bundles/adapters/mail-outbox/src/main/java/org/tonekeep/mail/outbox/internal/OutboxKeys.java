package org.tonekeep.mail.outbox.internal;

import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The tenant keys of this bundle. */
@Component(service = KeyDeclaration.class)
public final class OutboxKeys implements KeyDeclaration {
  /** How long a file is kept. */
  static final SettingKey<Duration> KEEP =
      SettingKey.duration(
          "mail.outbox.keep",
          "P7D",
          Duration.ofMinutes(1),
          Duration.ofDays(366),
          "Mails in the outbox's folder are removed after this time");

  @Activate
  public OutboxKeys() {}

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(KEEP);
  }
}
