package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body of a login. */
public record LoginJson(@Nullable String email, @Nullable String password) {
  @Override
  public String toString() {
    return "LoginJson";
  }
}
