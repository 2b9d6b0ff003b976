package org.tonekeep.tenant.api;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A site of this installation, as its file {@code org.tonekeep.tenant~<id>.cfg} says.
 *
 * @param title what visitors read
 * @param hosts lower-case host names without port; a host belongs to one tenant
 * @param features ids of the features that the file lists, present or not
 * @param suspended true when the file has vanished: nothing is served, but what the tenant owes
 *     (retention, erasure, audit) goes on
 */
public record Tenant(
    TenantId id,
    String title,
    List<String> hosts,
    Set<String> features,
    Locale locale,
    Settings settings,
    boolean suspended) {
  public Tenant {
    hosts = List.copyOf(hosts);
    features = Set.copyOf(features);
  }

  /** The tenant's value of a setting, or the setting's default. */
  public <T> T get(SettingKey<T> key) {
    return settings.get(key);
  }
}
