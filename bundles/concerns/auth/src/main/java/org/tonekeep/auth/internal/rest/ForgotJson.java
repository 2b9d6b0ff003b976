package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body of a wish for a new password. */
public record ForgotJson(@Nullable String email) {
  @Override
  public String toString() {
    return "ForgotJson";
  }
}
