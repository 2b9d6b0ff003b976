package org.tonekeep.identity.api;

import java.text.Normalizer;
import java.util.Locale;

/**
 * An e-mail address as a person typed it, without surrounding blanks. The check is for slips of the
 * finger (lengths of RFC 5321, one {@code @}, nothing invisible): whether an address exists, only a
 * mail to it can tell.
 *
 * @param value at most 254 characters
 */
public record EmailAddress(String value) {
  private static final int MOST = 254;
  private static final int LOCAL_MOST = 64;

  /**
   * @throws IllegalArgumentException when it cannot be an address; the message never repeats it
   */
  public EmailAddress {
    value = value.strip();
    int at = value.indexOf('@');
    if (at < 1
        || at > LOCAL_MOST
        || at == value.length() - 1
        || at != value.lastIndexOf('@')
        || !value.codePoints().allMatch(EmailAddress::visible)) {
      throw new IllegalArgumentException("This is not an e-mail address");
    }
    if (value.length() > MOST || normalised(value).length() > MOST) {
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

  private static boolean visible(int c) {
    int type = Character.getType(c);
    return !Character.isSpaceChar(c)
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
