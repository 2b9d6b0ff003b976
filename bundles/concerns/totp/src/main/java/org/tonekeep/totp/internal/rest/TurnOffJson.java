package org.tonekeep.totp.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * Turning it off.
 *
 * @param password not needed soon after a proof
 */
public record TurnOffJson(@Nullable String password) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "TurnOffJson";
  }
}
