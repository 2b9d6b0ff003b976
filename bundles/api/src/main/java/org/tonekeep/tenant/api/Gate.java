package org.tonekeep.tenant.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one place that knows what is on. Asked by faces/rest for every request, by the job dispatcher
 * before every job, by the console before every tenant command, and by the core services for
 * promises. Answers come from memory.
 */
@ProviderType
public interface Gate {
  /** Whether the feature's bundle is active and the tenant (not suspended) lists it. */
  boolean isOn(TenantId tenant, String feature);

  /**
   * @throws FeatureOffException when {@link #isOn} is false
   */
  void requireOn(TenantId tenant, String feature);

  /**
   * Refuses an act while a keeper of one of the tenant's promises that guard it is not active.
   *
   * @throws PromiseUnkeptException naming the first such promise
   */
  void requireKept(TenantId tenant, Act act);

  /** The feature that owns a REST path, by the longest remembered base path. */
  Optional<String> featureOf(String path);

  /** The features, remembered or active, whose declaration the tenant lists. */
  List<Feature> listed(TenantId tenant);

  /** All features ever declared here, with whether their bundle is active now. */
  List<FeatureState> features();

  /** A remembered feature. */
  record FeatureState(Feature feature, boolean active) {}
}
