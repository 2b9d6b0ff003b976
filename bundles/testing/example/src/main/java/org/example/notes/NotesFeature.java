package org.example.notes;

import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/**
 * While this service is there, the feature {@code example} is active. It is on for the tenants
 * whose file lists it; nobody here asks, the platform's gate does.
 */
@Component(service = FeatureDeclaration.class)
public final class NotesFeature implements FeatureDeclaration {
  /** A tenant's file may say {@code example.mostNotes = 10}; another value is refused. */
  static final SettingKey<Integer> MOST_NOTES =
      SettingKey.integer("example.mostNotes", 100, 1, 10_000, "Most notes of one account");

  @Override
  public Feature feature() {
    return new Feature(
        "example",
        "Notes",
        Set.of("auth"),
        List.of("/api/example"),
        List.of("keeps the notes that an artist writes, until they are deleted"),
        List.of(),
        List.of());
  }

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(MOST_NOTES);
  }
}
