package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * The body of a new proof.
 *
 * @param totp as in {@link LoginJson}
 */
public record StepUpJson(@Nullable String password, @Nullable String totp) {
  @Override
  public String toString() {
    return "StepUpJson";
  }
}
