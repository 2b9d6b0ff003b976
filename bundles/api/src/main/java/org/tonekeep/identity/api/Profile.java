package org.tonekeep.identity.api;

import java.util.Map;

/**
 * How a person is shown.
 *
 * @param displayName see {@link DisplayName}; may be empty
 * @param username unique per tenant, see {@link Username}; empty when none was chosen
 * @param artistName as {@code displayName}; may be empty
 * @param socials {@code https} addresses of the network's own host; networks that are not set are
 *     absent
 */
public record Profile(
    String displayName, String username, String artistName, Map<Social, String> socials) {
  public Profile {
    socials = Map.copyOf(socials);
  }

  /** A profile with a display name and nothing else. */
  public static Profile named(String displayName) {
    return new Profile(displayName, "", "", Map.of());
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "Profile";
  }
}
