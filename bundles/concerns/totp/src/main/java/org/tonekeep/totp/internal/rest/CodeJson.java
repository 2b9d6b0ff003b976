package org.tonekeep.totp.internal.rest;

import org.jspecify.annotations.Nullable;

/** A code that the app shows. */
public record CodeJson(@Nullable String code) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "CodeJson";
  }
}
