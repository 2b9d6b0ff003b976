package org.tonekeep.mail.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tonekeep.identity.api.EmailAddress;

/**
 * An address with an optional name, as the tenant's file has it.
 *
 * @param name what readers see; may be empty
 * @param address bare
 */
record Mailbox(String name, String address) {
  private static final Pattern FORM = Pattern.compile("(.*)<([^<>]*)>");

  /**
   * What has a meaning of its own in a header (RFC 5322 section 3.2.3), and so cannot be in an
   * address that we write: quoted local parts are not worth their traps.
   */
  private static final Pattern SPECIAL = Pattern.compile("[()<>\\[\\]:;,\\\\\"\\p{Cntrl}]");

  /**
   * {@code Name <local@domain>} or {@code local@domain}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Mailbox parse(String text) {
    Matcher named = FORM.matcher(text.strip());
    if (!named.matches()) {
      return new Mailbox("", bare(text));
    }
    String name = named.group(1).strip();
    if (SPECIAL.matcher(name).find()) {
      throw new IllegalArgumentException("expected Name <local@domain>, the name without signs");
    }
    return new Mailbox(name, bare(named.group(2)));
  }

  /**
   * A bare address that can stand in a header.
   *
   * @throws IllegalArgumentException when it cannot; the message does not repeat it
   */
  static String bare(String text) {
    String address = new EmailAddress(text).value();
    if (SPECIAL.matcher(address).find()) {
      throw new IllegalArgumentException("Nobody can be written to at this e-mail address");
    }
    return address;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? address : name + " <" + address + ">";
  }
}
