package org.tonekeep.identity.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a right to read hangs on: a session, an app key, a grant, a share. It is as good as what it
 * names is alive; {@link LiveHolders} knows. Ids only, never a token.
 *
 * @param kind {@link #SESSION}, {@link #KEY}, or the word of the bundle that made it: {@code
 *     [a-z]{1,16}}
 * @param id opaque id within the kind
 * @param account who acts with it; empty where it is nobody with an account
 * @param epoch counts how often it began anew; 0 where the kind has no such count
 */
public record Holder(String kind, String id, Optional<AccountId> account, long epoch) {
  public static final String SESSION = "session";
  public static final String KEY = "key";

  private static final Pattern KIND = Pattern.compile("[a-z]{1,16}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  public Holder {
    if (!KIND.matcher(kind).matches() || !ID.matcher(id).matches() || epoch < 0) {
      throw new IllegalArgumentException("Not a holder");
    }
  }

  /** The session or the app key by which the caller came in. */
  public static Holder of(Caller caller) {
    String kind = caller.scopes().contains(Scope.SESSION) ? SESSION : KEY;
    return new Holder(kind, caller.session(), Optional.of(caller.account()), 0);
  }
}
