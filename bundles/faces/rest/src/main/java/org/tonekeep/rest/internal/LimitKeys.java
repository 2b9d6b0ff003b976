package org.tonekeep.rest.internal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** {@code limits.<act>.subject}, {@code .network} and {@code .tenant} of a tenant's file. */
@Component(service = KeyDeclaration.class)
public final class LimitKeys implements KeyDeclaration {
  /** The three keys of an act. */
  record Keys(SettingKey<Rate> subject, SettingKey<Rate> network, SettingKey<Rate> tenant) {}

  private static final Map<LimitedAct, Keys> ALL = new EnumMap<>(LimitedAct.class);

  static {
    declare(LimitedAct.LOGIN, "10/PT15M", "100/PT15M", "3000/PT15M");
    declare(LimitedAct.SIGNUP, "5/PT1H", "20/PT1H", "500/PT1H");
    declare(LimitedAct.RESET, "5/PT1H", "20/PT1H", "500/PT1H");
    declare(LimitedAct.UPLOAD, "1000/PT1H", "2000/PT1H", "20000/PT1H");
    declare(LimitedAct.SEPARATION, "30/PT1H", "30/PT1H", "1000/PT1H");
    declare(LimitedAct.SHARE, "30/PT15M", "300/PT15M", "10000/PT15M");
  }

  private static void declare(LimitedAct act, String subject, String network, String tenant) {
    ALL.put(
        act,
        new Keys(
            key(act, "subject", subject, "one account, name or share from one network"),
            key(act, "network", network, "one network"),
            key(act, "tenant", tenant, "all visitors together")));
  }

  private static SettingKey<Rate> key(LimitedAct act, String of, String rate, String whose) {
    String word = act.name().toLowerCase(Locale.ROOT);
    return new SettingKey<>(
        "limits." + word + "." + of,
        "<number>/<duration>",
        rate,
        "How often " + whose + " may try " + word + ".",
        Rate::parse);
  }

  @Activate
  public LimitKeys() {}

  static Keys of(LimitedAct act) {
    return Objects.requireNonNull(ALL.get(act));
  }

  @Override
  public List<SettingKey<?>> keys() {
    List<SettingKey<?>> keys = new ArrayList<>();
    ALL.values().forEach(k -> keys.addAll(List.of(k.subject(), k.network(), k.tenant())));
    return keys;
  }
}
