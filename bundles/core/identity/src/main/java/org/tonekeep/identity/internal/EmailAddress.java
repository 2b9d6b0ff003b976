package org.tonekeep.identity.internal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address as a person typed it, and the form by which two of them are the same. The check
 * is for slips of the finger (RFC 5321 lengths, one {@code @}, no blanks): whether an address
 * exists, only a mail to it can tell.
 *
 * @param written without surrounding blanks; what mails are sent to
 * @param normal stripped, lower case (whatever the machine's language), Unicode NFC
 */
record EmailAddress(String written, String normal) {
  private static final int MOST = 254;

  /** The address, or empty when the text cannot be one. */
  static Optional<EmailAddress> parse(String text) {
    String written = text.strip();
    String normal = Normalizer.normalize(written.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    int at = written.lastIndexOf('@');
    boolean fits = written.length() <= MOST && normal.length() <= MOST;
    boolean parts = at > 0 && at <= 64 && at < written.length() - 1 && written.indexOf('@') == at;
    boolean clean = written.codePoints().allMatch(EmailAddress::visible);
    return fits && parts && clean
        ? Optional.of(new EmailAddress(written, normal))
        : Optional.empty();
  }

  private static boolean visible(int c) {
    int type = Character.getType(c);
    return !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }

  /** Without the person: an address must not reach a log by accident. */
  @Override
  public String toString() {
    return "EmailAddress";
  }
}
