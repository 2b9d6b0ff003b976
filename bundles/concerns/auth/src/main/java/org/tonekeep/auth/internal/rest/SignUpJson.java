package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body of a sign-up. */
public record SignUpJson(
    @Nullable String email,
    @Nullable String password,
    @Nullable String username,
    @Nullable String displayName) {
  @Override
  public String toString() {
    return "SignUpJson";
  }
}
