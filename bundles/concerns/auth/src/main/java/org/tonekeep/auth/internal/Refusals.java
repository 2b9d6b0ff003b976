package org.tonekeep.auth.internal;

import org.tonekeep.rest.api.ProblemException;

/** Refusals whose words must be the same wherever they come from. */
final class Refusals {
  private Refusals() {}

  /** The same whether the name is unknown, the password is wrong or the code is. */
  static ProblemException badCredentials() {
    return ProblemException.of(
        401, "bad-credentials", "Wrong e-mail or password", "The e-mail or password is wrong");
  }

  /** Only after the right password. */
  static ProblemException suspended() {
    return ProblemException.of(
        403, "suspended", "Account suspended", "This account is suspended; write to the staff");
  }

  /** Only after the right password. */
  static ProblemException unconfirmed() {
    return ProblemException.of(
        403,
        "unconfirmed",
        "Address not confirmed",
        "Follow the link in the mail that we have sent to you, then sign in");
  }

  /** The same whether a link is used, too old or made up. */
  static ProblemException badToken() {
    return ProblemException.of(
        400,
        "bad-token",
        "This link does not work",
        "The link was used already, is too old or incomplete; ask for a new one");
  }
}
