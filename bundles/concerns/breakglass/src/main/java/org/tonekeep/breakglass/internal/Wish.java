package org.tonekeep.breakglass.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;

/**
 * What somebody of the staff asks for.
 *
 * @param owner whose music; the track's owner where there is a track
 * @param track the one track; empty for all of the owner's
 * @param ticket 1 to 40 letters, digits and {@code - _ . / # :}
 * @param reason 10 to 300 characters on one line
 * @param wanted how long, at least a minute
 */
public record Wish(
    AccountId owner, Optional<TrackId> track, String ticket, String reason, Duration wanted) {
  private static final Pattern TICKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/#:-]{0,39}");
  private static final int LEAST = 10;
  private static final int MOST = 300;

  public Wish {
    reason = reason.strip();
  }

  /** Whether it is the number of a case. */
  public static boolean isTicket(String text) {
    return TICKET.matcher(text).matches();
  }

  /** Whether it says why: letters, on one line, and nothing that hides. */
  public static boolean isReason(String text) {
    String plain = text.strip();
    int length = plain.codePointCount(0, plain.length());
    return length >= LEAST && length <= MOST && plain.codePoints().noneMatch(Wish::hides);
  }

  private static boolean hides(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED;
  }
}
