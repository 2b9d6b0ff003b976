package org.tonekeep.breakglass.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * What somebody of the staff asks for: a track, or all tracks of an account.
 *
 * @param minutes how long; the longest that the site allows when it is left out
 */
public record WishJson(
    @Nullable String track,
    @Nullable String account,
    @Nullable String ticket,
    @Nullable String reason,
    @Nullable Integer minutes) {
  /** Without the reason. */
  @Override
  public String toString() {
    return "WishJson";
  }
}
