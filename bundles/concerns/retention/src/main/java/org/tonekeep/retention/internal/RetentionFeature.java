package org.tonekeep.retention.internal;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.Promise;
import org.tonekeep.tenant.api.SettingKey;

/** The feature {@code retention}; it is there only while the sweeper works. */
@Component(service = FeatureDeclaration.class)
public final class RetentionFeature implements FeatureDeclaration {
  @Activate
  public RetentionFeature(
      @SuppressWarnings("unused") // no sweeper, no promise
          @Reference
          RetentionSweeper sweeper) {}

  @Override
  public Feature feature() {
    return new Feature(
        "retention",
        "Retention",
        Set.of(),
        List.of(),
        List.of("removes deleted tracks when their time in the trash is over"),
        List.of(
            new Promise(
                "deleted-is-purged",
                "What you delete is removed for good when its time in the trash is over.",
                Set.of(Act.INTAKE))),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of();
  }
}
