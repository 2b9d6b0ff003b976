package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body of a new password: with the token behind the # of the mail's link. */
public record ResetJson(@Nullable String token, @Nullable String password) {
  @Override
  public String toString() {
    return "ResetJson";
  }
}
