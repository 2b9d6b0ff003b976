package org.tonekeep.catalog.internal;

import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The catalogue's keys of a tenant's file. */
@Component(service = KeyDeclaration.class)
public final class CatalogKeys implements KeyDeclaration {
  /** How long a deleted track can be brought back; zero means not at all. */
  static final SettingKey<Duration> TRASH_KEEP =
      SettingKey.duration(
          "trash.keep",
          "P7D",
          Duration.ZERO,
          Duration.ofDays(90),
          "How long a deleted track can be brought back; PT0S removes it at once");

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(TRASH_KEEP);
  }
}
