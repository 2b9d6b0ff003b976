package org.tonekeep.profile.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body by which a new address is asked for. */
public record EmailJson(@Nullable String email) {
  /** Without the person. */
  @Override
  public String toString() {
    return "EmailJson";
  }
}
