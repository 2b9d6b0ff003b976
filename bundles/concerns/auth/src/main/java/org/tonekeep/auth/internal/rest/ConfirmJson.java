package org.tonekeep.auth.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * The body of a confirmation.
 *
 * @param token what stands behind the # of the mail's link
 * @param password that the account has from now on; it may be left out where one sign-up has chosen
 *     it
 */
public record ConfirmJson(@Nullable String token, @Nullable String password) {
  @Override
  public String toString() {
    return "ConfirmJson";
  }
}
