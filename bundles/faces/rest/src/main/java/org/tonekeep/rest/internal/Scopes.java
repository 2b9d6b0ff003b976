package org.tonekeep.rest.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.ProblemException;

/** What an app key may be used for. A session may do everything, and nothing but it may do more. */
final class Scopes {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** The account itself, its notes and its trail: no key reads them. */
  private static final List<String> PRIVATE =
      List.of("/api/auth", "/api/account", "/api/notes", "/api/audit");

  /**
   * The address of a download is made by POST, for it is nobody else's to see; it changes nothing.
   */
  private static final Pattern DOWNLOAD = Pattern.compile("/api/tracks/[^/]+/url");

  private Scopes() {}

  /**
   * @param path below the tenant's root
   * @throws ProblemException 403 {@code scope-required}
   */
  static void require(Caller caller, String method, String path) {
    Scope needed = needed(method, path);
    if (!caller.scopes().contains(Scope.SESSION) && !caller.scopes().contains(needed)) {
      String word = needed.name().toLowerCase(Locale.ROOT);
      throw ProblemException.of(
              403,
              "scope-required",
              "Not with this key",
              needed == Scope.SESSION
                  ? "This is for the person who signed in, and for no key (scope session)"
                  : "This asks for a key with the scope " + word)
          .withHeader(
              "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + word + "\"");
    }
  }

  static Scope needed(String method, String path) {
    if (isUnder(path, "/rest")) {
      return Scope.SUBSONIC;
    }
    boolean adds = path.equals("/api/tracks") || path.equals("/api/tracks/");
    if (isUnder(path, "/api/uploads") || (adds && method.equals("POST"))) {
      return Scope.UPLOAD;
    }
    if (PRIVATE.stream().anyMatch(base -> isUnder(path, base))) {
      return Scope.SESSION;
    }
    boolean reads =
        SAFE.contains(method) || (method.equals("POST") && DOWNLOAD.matcher(path).matches());
    return reads ? Scope.READ : Scope.SESSION;
  }

  private static boolean isUnder(String path, String base) {
    return path.equals(base) || path.startsWith(base + "/");
  }
}
