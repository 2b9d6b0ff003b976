package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body of a confirmation: the token behind the # of the mail's link. */
public record ConfirmJson(@Nullable String token) {
  @Override
  public String toString() {
    return "ConfirmJson";
  }
}
