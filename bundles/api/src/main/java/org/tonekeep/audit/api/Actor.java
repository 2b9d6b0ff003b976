package org.tonekeep.audit.api;

import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;

/**
 * Who acts.
 *
 * @param id of the account; empty for the others
 */
public record Actor(Kind kind, String id) {
  /** What acts. */
  public enum Kind {
    /** Somebody who is signed in. */
    ACCOUNT,
    /** Somebody unknown, such as who signs in with a wrong password. */
    STRANGER,
    /** The operator at the console. */
    OPERATOR,
    /** The platform by itself, such as a deadline. */
    PLATFORM
  }

  public static Actor account(AccountId account) {
    return new Actor(Kind.ACCOUNT, account.value());
  }

  public static Actor of(Caller caller) {
    return account(caller.account());
  }

  public static Actor stranger() {
    return new Actor(Kind.STRANGER, "");
  }

  public static Actor operator() {
    return new Actor(Kind.OPERATOR, "");
  }

  public static Actor platform() {
    return new Actor(Kind.PLATFORM, "");
  }
}
