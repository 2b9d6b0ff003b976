package org.tonekeep.decoder.ffmpeg.internal;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The decoder's keys of a tenant's file. */
@Component(service = KeyDeclaration.class)
public final class DecoderKeys implements KeyDeclaration {
  static final String REQUIRED = "required";

  static final SettingKey<String> CONFINEMENT =
      SettingKey.choice(
          "decoder.confinement",
          REQUIRED,
          "required: audio is decoded only without network and file system; best-effort: as tightly"
              + " as this machine allows",
          REQUIRED,
          "best-effort");

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(CONFINEMENT);
  }
}
