package org.tonekeep.profile.internal.rest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a change of the profile; what is absent or null stays as it is, an empty text clears.
 *
 * @param preferences texts, numbers, true or false by name; null removes one, absent ones stay
 */
public record ProfileJson(
    @Nullable String username,
    @Nullable String displayName,
    @Nullable String artistName,
    @Nullable Socials socials,
    @Nullable Map<String, @Nullable Object> preferences) {
  /** Links or handles by network. */
  public record Socials(
      @Nullable String instagram,
      @Nullable String x,
      @Nullable String soundcloud,
      @Nullable String spotify,
      @Nullable String facebook) {
    /** Without the person. */
    @Override
    public String toString() {
      return "Socials";
    }
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "ProfileJson";
  }
}
