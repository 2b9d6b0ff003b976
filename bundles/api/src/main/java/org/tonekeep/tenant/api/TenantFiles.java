package org.tonekeep.tenant.api;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operator's hand on the tenants' files. Edits keep comments and order; each is written to a
 * temporary file, synced and renamed, and acts within 5 s like an edit by hand.
 */
@ProviderType
public interface TenantFiles {
  /** One state per tenant ever seen, by id. */
  List<FileState> states();

  /** Names of the profiles that {@link #create} can start from. */
  Set<String> profiles();

  /**
   * Writes the file of a new tenant from a profile.
   *
   * @param hosts host names for the new tenant; empty means {@code <id>.localhost}
   * @throws IllegalArgumentException when the tenant exists, the profile does not, or a host is
   *     taken
   */
  void create(TenantId id, String profile, List<String> hosts);

  /** Removes the file: the tenant is suspended, its data and what it owes stay. */
  void remove(TenantId id);

  /** Adds the feature (and what it needs) to the tenant's list. */
  void enable(TenantId id, String feature);

  /**
   * Takes the feature from the tenant's list.
   *
   * @throws IllegalArgumentException when another listed feature needs it
   */
  void disable(TenantId id, String feature);

  /**
   * How a tenant's file stands.
   *
   * @param problems why the newest file was refused, each as {@code file: key: reason}; empty when
   *     it is in force
   * @param inactiveKeys keys that no active bundle declares
   */
  record FileState(
      TenantId tenant, boolean inForce, List<String> problems, List<String> inactiveKeys) {
    public FileState {
      problems = List.copyOf(problems);
      inactiveKeys = List.copyOf(inactiveKeys);
    }
  }
}
