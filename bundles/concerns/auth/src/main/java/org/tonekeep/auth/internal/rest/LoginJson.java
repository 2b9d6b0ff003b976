package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * The body of a login.
 *
 * @param totp the code of a second factor (of whatever kind), where the account has one
 */
public record LoginJson(@Nullable String email, @Nullable String password, @Nullable String totp) {
  @Override
  public String toString() {
    return "LoginJson";
  }
}
