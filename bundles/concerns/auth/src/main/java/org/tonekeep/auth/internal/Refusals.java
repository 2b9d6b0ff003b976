package org.tonekeep.auth.internal;

import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.Tenant;

/** Refusals whose words must be the same wherever they come from. */
final class Refusals {
  private Refusals() {}

  /**
   * The same whether the name is unknown, the password or the code is wrong or the address is not
   * confirmed: a stranger who signed up with the address would learn from it that it was unknown.
   */
  static ProblemException badCredentials(Tenant site) {
    boolean confirms = site.get(AuthKeys.CONFIRM).equals("required");
    return ProblemException.of(
        401,
        "bad-credentials",
        "Wrong e-mail or password",
        "E-mail address and password do not match"
            + (confirms ? ". If you have just signed up, open the link in our mail first" : ""));
  }

  /** Only after the right password. */
  static ProblemException suspended() {
    return ProblemException.of(
        403, "suspended", "Account suspended", "This account is suspended; write to the staff");
  }

  /** Where two signed up with one address, neither's password counts. The link stays good. */
  static ProblemException passwordNeeded() {
    return ProblemException.invalid(
        new FieldError(
            "/password", "This address was signed up more than once: choose its password now"));
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
