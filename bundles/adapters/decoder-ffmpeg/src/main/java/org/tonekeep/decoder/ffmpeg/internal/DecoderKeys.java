package org.tonekeep.decoder.ffmpeg.internal;

import java.time.Duration;
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

  static final SettingKey<Duration> LONGEST =
      SettingKey.duration(
          "decoder.maxDuration",
          "PT6H",
          Duration.ofSeconds(1),
          Duration.ofDays(2),
          "The longest audio that is decoded; the operator's maxHours holds too");

  static final SettingKey<Integer> CHANNELS =
      SettingKey.integer("decoder.maxChannels", 32, 1, 32, "The most channels that audio may have");

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(CONFINEMENT, LONGEST, CHANNELS);
  }
}
