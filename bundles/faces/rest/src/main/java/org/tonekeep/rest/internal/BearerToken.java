package org.tonekeep.rest.internal;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import org.tonekeep.rest.api.ProblemException;

/** The token of {@code Authorization: Bearer …} (RFC 6750). */
final class BearerToken {
  private static final String HEADER = "Authorization";
  private static final Pattern FORM =
      Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,512}=*) *");

  private BearerToken() {}

  static boolean isBearer(String value) {
    return value.regionMatches(true, 0, "bearer", 0, "bearer".length());
  }

  /**
   * The token; empty without one.
   *
   * @throws ProblemException 400 for two, or for one that is malformed
   */
  static Optional<String> of(HttpServletRequest request) {
    List<String> lines =
        Collections.list(request.getHeaders(HEADER)).stream()
            .filter(BearerToken::isBearer)
            .toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(lines.get(0));
    if (lines.size() > 1 || !matcher.matches()) {
      throw ProblemException.of(
          400, "bad-authorization", "Malformed key", "Send one key, as Authorization: Bearer …");
    }
    return Optional.of(matcher.group(1));
  }
}
