package org.tonekeep.uploads.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** Declares the concern. */
@Component(service = FeatureDeclaration.class)
public final class UploadsFeature implements FeatureDeclaration {
  /** The feature's id. */
  public static final String ID = "uploads";

  /** How long an upload may take. */
  static final SettingKey<Duration> KEEP =
      SettingKey.duration(
          "uploads.keep",
          "P1D",
          Duration.ofMinutes(10),
          Duration.ofDays(30),
          "How long an unfinished upload is kept, counted from its begin");

  /** How many uploads may be under way. */
  static final SettingKey<Integer> MOST =
      SettingKey.integer(
          "uploads.most", 100, 1, 10_000, "How many unfinished uploads an account may have");

  @Override
  public Feature feature() {
    return new Feature(
        ID,
        "Resumable uploads",
        Set.of("auth"),
        List.of("/api/uploads"),
        List.of("keeps the received part of an upload that was broken off, until it is finished"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(KEEP, MOST);
  }
}
