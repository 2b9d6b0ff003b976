package org.tonekeep.profile.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body with the token of a mail. */
public record EmailTokenJson(@Nullable String token) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "EmailTokenJson";
  }
}
