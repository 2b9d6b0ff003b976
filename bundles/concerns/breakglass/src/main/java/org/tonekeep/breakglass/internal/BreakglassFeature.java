package org.tonekeep.breakglass.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class BreakglassFeature implements FeatureDeclaration {
  /** The feature's id. */
  public static final String ID = "breakglass";

  static final SettingKey<Integer> APPROVALS =
      SettingKey.integer(
          "breakglass.approvals",
          2,
          1,
          2,
          "How many people it takes to let one of the staff listen to somebody's music.");

  static final SettingKey<Duration> LONGEST =
      SettingKey.duration(
          "breakglass.longest",
          "PT1H",
          Duration.ofMinutes(1),
          Duration.ofDays(1),
          "How long one of the staff may listen at most.");

  static final SettingKey<Duration> KEEP =
      SettingKey.duration(
          "breakglass.keep",
          "P365D",
          Duration.ofDays(1),
          Duration.ofDays(3650),
          "How long it is kept, after its end, who was let in, with the reason.");

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "Access of the staff to music, for a reason and for a while",
        Set.of("auth"),
        List.of("/api/breakglass"),
        List.of(
            "lets one person of the staff listen to uploaded music for at most breakglass.longest,"
                + " with a ticket and a reason, logged and told to the owner"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(APPROVALS, LONGEST, KEEP);
  }
}
