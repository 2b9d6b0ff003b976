package org.tonekeep.identity.api;

import java.text.Normalizer;
import java.util.Locale;

/**
 * An e-mail address as a person typed it, without surrounding blanks. The check is for slips of the
 * finger (lengths of RFC 5321, one {@code @}, nothing invisible) and for signs that mean something
 * else in the header of a mail (the specials of RFC 5322, section 3.2.3; quoted local parts are not
 * worth their traps): whether an address exists, only a mail to it can tell.
 *
 * @param value at most 254 characters
 */
public record EmailAddress(String value) {
  private static final int MOST = 254;
  private static final int LOCAL_MOST = 64;
  private static final String SPECIAL = "()<>[]:;,\\\"";

  /**
   * @throws IllegalArgumentException when it cannot be an address; the message never repeats it
   */
  public EmailAddress {
    value = value.strip();
    requireShort(value.length());
    int at = value.indexOf('@');
    if (at < 1
        || at > LOCAL_MOST
        || at == value.length() - 1
        || at != value.lastIndexOf('@')
        || !value.codePoints().allMatch(EmailAddress::plain)) {
      throw new IllegalArgumentException("This is not an e-mail address");
    }
    requireShort(normalised(value).length());
  }

  /** First, so that nobody sends a book to be looked at. */
  private static void requireShort(int length) {
    if (length > MOST) {
      throw new IllegalArgumentException("An e-mail address has at most 254 characters");
    }
  }

  /**
   * The form by which two addresses are the same: lower case (whatever the machine's language) and
   * Unicode NFC. Dots and tags are left alone: only the owner's mail host knows what they mean.
   */
  public String normal() {
    return normalised(value);
  }

  private static String normalised(String text) {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  private static boolean plain(int c) {
    int type = Character.getType(c);
    return SPECIAL.indexOf(c) < 0
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
